import { and, desc, eq, sql } from 'drizzle-orm';
import { job } from '../platform/job.ts';
import { settings } from '../platform/schema.ts';
import { reviews } from './schema.ts';
import { LEARNED, learnedFrom } from './weight.ts';

const WEEK = 7 * 86_400_000;

/** Learns once a week how much flags weigh that moderators agree with: from the last 500 such reviews. */
export const learnThreshold = job('moderation.learn', async ({ db, gate, now }) => {
  const [last] = await db.select({ at: sql<number>`value ->> 'at'` }).from(settings).where(eq(settings.key, LEARNED)).limit(1);
  if (last && now.getTime() - last.at < WEEK) return 0;
  const agreed = await db.select({ score: reviews.score }).from(reviews).where(and(sql`status <> 'open'`, eq(reviews.status, 'agree'), sql`${reviews.score} > 0`)).orderBy(desc(reviews.decidedAt), desc(reviews.postId)).limit(500);
  const value = JSON.stringify({ at: now.getTime(), high: learnedFrom(agreed.map(({ score }) => score)) });
  await gate.commit([{ sql: 'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value', args: [LEARNED, value] }]);
  return 1;
});
