import { asc, isNull } from 'drizzle-orm';
import { job } from '../platform/job.ts';
import { erasures } from './schema.ts';
import { erasingStep } from './traces.ts';

/** Steps in one run of the clock, of all who are being erased together. */
const STEPS = 20;

/** Goes on with erasing where one commit was not enough. Each step is whole, so it resumes wherever it was interrupted. */
export const goOnErasing = job('privacy.go-on-erasing', async ({ db, gate, now }) => {
  for (let step = 0; step < STEPS; step++) {
    const [next] = await db.select().from(erasures).where(isNull(erasures.doneAt)).orderBy(asc(erasures.at)).limit(1);
    if (!next) return step;
    await gate.commit(erasingStep(next.userId, next.words, now));
  }
  return STEPS;
});
