import { asc, sql } from 'drizzle-orm';
import { job } from '../platform/job.ts';
import { openPortal } from '../platform/portal.ts';
import { Refusal } from '../platform/refusal.ts';
import { system } from '../platform/viewer.ts';
import { goOnWithBulk } from './go-on.ts';
import { bulkRuns } from './schema.ts';

/** Steps in one run of the clock, of all bulk changes together. */
const STEPS = 200;

/** Goes on with bulk changes that nobody watches, in the name of who started them. Each step is whole, so it resumes wherever it was interrupted. */
export const goOnWithBulks = job('bulk.go-on', async ({ db, gate, now, secret, happened }) => {
  let steps = 0;
  const going = await db.select({ id: bulkRuns.id, actorId: bulkRuns.actorId }).from(bulkRuns).where(sql`state in ('running', 'reverting')`).orderBy(asc(bulkRuns.createdAt)).limit(20);
  for (const { id, actorId } of going) {
    const portal = openPortal({ db, gate, secret, viewer: { ...system, id: actorId }, clock: () => now, committed: async (events) => happened?.(events) });
    for (let left = 1; left > 0 && steps < STEPS; steps++) left = await portal.run(goOnWithBulk, { id }).then((step) => step.left, unlessConflict);
  }
  return steps;
});

/** Somebody changed one of these tickets in the same moment: the step is tried again. */
function unlessConflict(error: unknown): number {
  if (error instanceof Refusal && error.reason === 'conflict') return 1;
  throw error;
}
