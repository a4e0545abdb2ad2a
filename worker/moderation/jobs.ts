import { and, desc, eq, sql } from 'drizzle-orm';
import type { Sql } from '../platform/gate.ts';
import { job } from '../platform/job.ts';
import { settings } from '../platform/schema.ts';
import { DAY } from '../platform/time.ts';
import { reviews, type timerKinds } from './schema.ts';
import { LEARNED, learnedFrom } from './weight.ts';

const WEEK = 7 * DAY;

/** Learns once a week how much flags weigh that moderators agree with: from the last 500 such reviews. */
export const learnThreshold = job('moderation.learn', async ({ db, gate, now }) => {
  const [last] = await db.select({ at: sql<number>`value ->> 'at'` }).from(settings).where(eq(settings.key, LEARNED)).limit(1);
  if (last && now.getTime() - last.at < WEEK) return 0;
  const agreed = await db.select({ score: reviews.score }).from(reviews).where(and(sql`status <> 'open'`, eq(reviews.status, 'agree'), sql`${reviews.score} > 0`)).orderBy(desc(reviews.decidedAt), desc(reviews.postId)).limit(500);
  const value = JSON.stringify({ at: now.getTime(), high: learnedFrom(agreed.map(({ score }) => score)) });
  await gate.commit([{ sql: 'insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value', args: [LEARNED, value] }]);
  return 1;
});

type Kind = (typeof timerKinds)[number];

/** Timers that one run works off. */
const MOST = 100;

const due = (kind: Kind) => `select topic_id from (select topic_id, kind from topic_timers where due_at <= ?1 order by due_at, topic_id, kind limit ${MOST}) where kind = '${kind}'`;

/** What a timer does to the topics it is due for, what the log tells of it, and what everybody may read of that. */
const WORK: Record<Kind, { set: string; where: string; event: string; logged?: string }> = {
  close: { set: 'locked_at = ?1', where: 'locked_at is null', event: 'topic.locked', logged: 'locked' },
  open: { set: 'locked_at = null', where: 'locked_at is not null', event: 'topic.unlocked', logged: 'unlocked' },
  unpin: { set: 'pinned_at = null', where: 'pinned_at is not null', event: 'topic.unpinned' },
  delete: { set: 'hidden_at = ?1', where: 'hidden_at is null', event: 'topic.hidden', logged: 'removed' },
  bump: { set: 'last_post_at = ?1', where: 'true', event: 'topic.bumped' },
};

function workOff(kind: Kind, at: number): Sql[] {
  const { set, where, event, logged } = WORK[kind];
  const which = `id in (${due(kind)}) and ${where}`;
  const said = (sql: string) => ({ sql, args: [at] });
  return [
    said(`insert into outbox (id, type, subject, revision, data, created_at) select 'evt_' || lower(hex(randomblob(12))), '${event}', id, (select coalesce(max(revision), 0) + 1 from outbox o where o.subject = topics.id), '{"by":"timer"}', ?1 from topics where ${which}`),
    ...(logged ? [said(`insert into moderation_log (id, action, rule, is_automatic, category_id, created_at) select 'mlg_' || lower(hex(randomblob(12))), '${logged}', 'timer', 1, category_id, ?1 from topics where ${which}`)] : []),
    ...(kind === 'bump' ? [said(`update topic_tags set last_post_at = ?1 where topic_id in (${due('bump')})`)] : []),
    said(`update topics set ${set} where ${which}`),
  ];
}

/** Does what topics were given a time for. One that waits for silence waits on while people write. Work and mark are one commit: two runs at once do it once. */
export const workTimers = job('moderation.timers', async ({ gate, now }) => {
  const at = now.getTime();
  const results = await gate.commit([
    { sql: `update topic_timers set due_at = (select last_post_at from topics where id = topic_id) + days_after * ${DAY} where days_after is not null and due_at <= ?1 and (select last_post_at from topics where id = topic_id) + days_after * ${DAY} > ?1`, args: [at] },
    ...(Object.keys(WORK) as Kind[]).flatMap((kind) => workOff(kind, at)),
    { sql: `delete from topic_timers where due_at <= ?1 and (topic_id, kind) in (select topic_id, kind from topic_timers where due_at <= ?1 order by due_at, topic_id, kind limit ${MOST}) returning kind`, args: [at] },
  ]);
  return results.at(-1)!.length;
});
