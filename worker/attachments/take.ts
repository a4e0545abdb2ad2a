import { createHmac, randomBytes } from 'node:crypto';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Taking } from './input.ts';
import { filesToTake } from './queries.ts';
import { type Copies, copiesOf } from './schema.ts';
import { told } from './told.ts';

const GONE = 'A file of this macro is no longer there. Fill it in again.';

/** Takes copies of files of macros, to be attached like files that the viewer brought. The same file in the same form has the same copy. */
export const takeFiles = operation({
  name: 'attachments.take',
  input: Taking,
  subject: ({ ids }) => filesToTake(ids),
  may: permitted('tickets.note'),
  decide({ viewer, now, secret }, { ids, once }, there) {
    if (there.length < ids.length) throw invalid({ attachments: GONE });
    const copyOf = (id: string) => `att_${(once ? createHmac('sha256', secret).update(`copy\n${viewer.id}\n${once}\n${id}`).digest('hex') : randomBytes(16).toString('hex')).slice(0, 32)}`;
    const taken = ids.map((id) => ({ ...there.find((one) => one.id === id)!, id: copyOf(id), of: id }));
    const copies: Copies = Object.fromEntries(taken.map(({ id, of }) => [id, of]));
    return { statements: taken.length > 0 ? [copiesOf(viewer.id!, copies, now)] : [], events: [], result: { all: taken.map(({ of: _, ...file }) => told(file)) } };
  },
});
