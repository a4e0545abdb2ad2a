import { job } from '../platform/job.ts';
import { macroFindable, ticketsFindable, TO_FIND } from './schema.ts';

/** Macros of one run; tickets of one commit, and commits of one run. */
const [MACROS, SOME, STEPS] = [200, 200, 20];

/** Lets tickets and macros be found that came since the last time, however they came. */
export const makeFindable = job('beside.make-findable', async ({ db, gate }) => {
  let found = 0;
  for (let step = 0; step < STEPS; step++) {
    const { rows } = await db.$client.execute({ sql: TO_FIND, args: [SOME] });
    if (rows.length > 0) await gate.commit(ticketsFindable(rows));
    found += rows.length;
    if (rows.length < SOME) break;
  }
  const { rows: macros } = await db.$client.execute(`select id, name, texts from macros where not exists (select 1 from macro_words w where w.macro_id = macros.id) limit ${MACROS}`);
  if (macros.length > 0) await gate.commit(macros.flatMap(({ id, name, texts }) => macroFindable({ id: String(id), name: String(name), texts: JSON.parse(String(texts)) as Record<string, string> })));
  return found + macros.length;
});
