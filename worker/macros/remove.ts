import { eq } from 'drizzle-orm';
import { filesStay } from '../attachments/schema.ts';
import { operation } from '../platform/operation.ts';
import { keepers } from './access.ts';
import { OneMacro } from './input.ts';
import { macroToKeep } from './queries.ts';
import { macros } from './schema.ts';

/** Removes a macro. What was sent with it stays. */
export const removeMacro = operation({
  name: 'macros.remove',
  input: OneMacro,
  subject: ({ id }) => macroToKeep(id),
  may: keepers,
  decide: ({ db }, { id }, macro) => ({ statements: [filesStay(id, []), db.delete(macros).where(eq(macros.id, id))], events: [{ type: 'macro.removed', subject: id, revision: macro.revision + 1, data: { name: macro.name } }], result: { id } }),
});
