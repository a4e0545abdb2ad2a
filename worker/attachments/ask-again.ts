import { operation } from '../platform/operation.ts';
import { raw } from '../platform/statement.ts';
import { staff } from './access.ts';
import { AskingAgain } from './input.ts';
import { fileToCheck } from './queries.ts';

/** Has a file looked at once more that the scanner never answered for. Of any other it changes nothing. */
export const askAgain = operation({
  name: 'attachments.ask-again',
  input: AskingAgain,
  subject: ({ id }) => fileToCheck(id),
  may: staff,
  decide: (_setting, { id }, file) => ({
    statements: file.verdict === 'failed' ? [raw("update attachments set verdict = 'waiting', scans = 0, scan_after = 0 where id = ?1 or bytes_of = ?1", [file.key])] : [],
    events: [],
    result: { id },
  }),
});
