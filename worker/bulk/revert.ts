import { eq, sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { DAY } from '../platform/time.ts';
import { bulkChangers } from './access.ts';
import { OneRun } from './input.ts';
import { runById } from './queries.ts';
import { bulkRuns } from './schema.ts';

/** Takes a bulk change back, within a day: each ticket that nothing happened to since becomes what it was, in steps. */
export const revertBulk = operation({
  name: 'bulk.revert',
  input: OneRun,
  subject: ({ id }) => runById(id),
  may: bulkChangers,
  decide({ db, now }, { id }, run) {
    if (run.state !== 'done') throw new Refusal('conflict', 'This change is not done yet, or was taken back already.');
    if (now.getTime() - run.createdAt.getTime() > DAY) throw new Refusal('conflict', 'A bulk change can be taken back within a day. This one is older.');
    return {
      guard: { holds: sql`exists (select 1 from bulk_runs where id = ${id} and state = 'done')`, otherwise: new Refusal('conflict', 'This change is not done yet, or was taken back already.') },
      statements: [db.update(bulkRuns).set({ state: 'reverting' }).where(eq(bulkRuns.id, id))],
      events: [{ type: 'bulk.taken_back', subject: id, data: {} }],
      result: { id },
    };
  },
});
