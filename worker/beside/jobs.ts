import { job } from '../platform/job.ts';
import { DUE, lookedAt } from './look.ts';
import { macroFindable, ticketsFindable, TO_FIND } from './schema.ts';

/** Macros of one run; tickets of one commit, to be found and to be looked at; commits of one run, of either kind. */
const [MACROS, SOME, FEW, STEPS] = [200, 200, 25, 20];

/** Lets tickets and macros be found that came since the last time, however they came, and finds what may help with those that are due. */
export const makeFindable = job('beside.make-findable', async ({ db, gate, now }) => {
  let found = 0;
  for (let step = 0; step < STEPS; step++) {
    const { rows } = await db.$client.execute({ sql: TO_FIND, args: [SOME] });
    if (rows.length > 0) await gate.commit(ticketsFindable(rows));
    found += rows.length;
    if (rows.length < SOME) break;
  }
  const { rows: macros } = await db.$client.execute(`select id, name, texts from macros where not exists (select 1 from macro_words w where w.macro_id = macros.id) limit ${MACROS}`);
  if (macros.length > 0) await gate.commit(macros.flatMap(({ id, name, texts }) => macroFindable({ id: String(id), name: String(name), texts: JSON.parse(String(texts)) as Record<string, string> })));
  for (let step = 0; step < STEPS; step++) {
    const { rows } = await db.$client.execute({ sql: DUE, args: [now.getTime(), FEW] });
    if (rows.length > 0) await gate.commit(rows.map((row) => lookedAt(row, now)));
    if (rows.length < FEW) break;
  }
  return found + macros.length;
});
