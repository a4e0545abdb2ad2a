import { operation } from '../platform/operation.ts';
import { newSecret } from '../signin/secrets.ts';
import { themselfOrEraser } from './access.ts';
import { CopyWish } from './input.ts';
import { wholePerson } from './queries.ts';

/** Makes a link, good for a day and for whoever asked, that opens a copy of everything about a person as it is when it is followed. `key` is its secret. */
export const askForCopy = operation({
  name: 'privacy.ask-for-copy',
  input: CopyWish,
  subject: ({ handle }) => wholePerson(handle),
  may: themselfOrEraser,
  decide({ db, viewer, now }, _input, { id, email }) {
    const { secret, statement } = newSecret(db, { now }, { purpose: 'export', address: email, userId: id, data: { by: viewer.id } });
    return { statements: [statement], events: [{ type: 'person.copy_asked', subject: id, data: {} }], result: { key: secret } };
  },
});
