import { asc, eq, lte, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import type { Sql } from '../platform/gate.ts';
import { newId } from '../platform/id.ts';
import { job } from '../platform/job.ts';
import { announced } from '../platform/outbox.ts';
import { DAY } from '../platform/time.ts';
import { system } from '../platform/viewer.ts';
import { type Activity, type Lately, levelFrom, STEPS, WINDOW } from './levels.ts';
import { trust } from './schema.ts';

/** People that one run looks at. */
const SOME = 50;
/** Enough to know a quarter of as many as ever count. */
const [TOPICS, POSTS] = [2_000, 80_000];

const counted = (rows: string, most: number) => sql.raw(`(select count(*) from (${rows} limit ${most}))`);

type Row = Activity & { userId: string; level: number; isLocked: boolean; slippedAt: Date | null };

const due = (db: Database, now: Date): Promise<Row[]> =>
  db
    .select({
      userId: trust.userId, level: trust.level, isLocked: trust.isLocked, slippedAt: trust.slippedAt, topics: trust.topics, posts: trust.posts, seconds: trust.seconds, days: trust.days,
      given: sql<number>`${counted('select 1 from votes where author_id = trust.user_id and value > 0', 1)}`,
      received: sql<number>`${counted('select 1 from votes where to_id = trust.user_id and value > 0', 1)}`,
      replies: sql<number>`${counted('select distinct topic_id from posts where author_id = trust.user_id and number > 1', STEPS[2].replies!)}`,
    })
    .from(trust)
    .where(lte(trust.dueAt, now))
    .orderBy(asc(trust.dueAt))
    .limit(SOME);

const NEVER: Lately = { days: 0, topics: 0, posts: 0, replies: 0, given: 0, received: 0, givers: 0, receivedDays: 0, topicsThere: 0, postsThere: 0, flagged: 0, flaggers: 0, isSuspended: false };

/** What was written within the window, counted once a run and only as far as it matters. */
async function written(db: Database, since: number): Promise<{ topicsThere: number; postsThere: number }> {
  const of = (type: string, most: number) => sql<number>`(select count(*) from (select 1 from outbox where type = ${type} and created_at > ${since} limit ${most}))`;
  const [row] = await db.select({ topicsThere: of('topic.opened', TOPICS), postsThere: of('post.written', POSTS) }).from(sql`(select 1)`);
  return { topicsThere: row!.topicsThere, postsThere: row!.postsThere + row!.topicsThere };
}

/** What somebody did within the window. */
async function lately(db: Database, userId: string, now: Date): Promise<Omit<Lately, 'topicsThere' | 'postsThere'>> {
  const since = now.getTime() - WINDOW * DAY;
  const read = (what: string) => sql<number>`(select ${sql.raw(what)} from trust_days where user_id = ${userId} and day > ${Math.floor(since / DAY)})`;
  const votes = (what: string, who: string) => sql<number>`(select ${sql.raw(what)} from votes where ${sql.raw(who)} = ${userId} and created_at > ${since} and value > 0)`;
  const flags = (what: string) => sql<number>`(select ${sql.raw(what)} from posts p join flags f on f.post_id = p.id and f.outcome = 'agree' where p.author_id = ${userId} and p.created_at > ${since})`;
  const [row] = await db
    .select({
      days: read('count(*)'), topics: read('coalesce(sum(topics), 0)'), posts: read('coalesce(sum(posts), 0)'),
      replies: sql<number>`(select count(distinct topic_id) from posts where author_id = ${userId} and created_at > ${since} and number > 1)`,
      given: votes('count(*)', 'author_id'), received: votes('count(*)', 'to_id'), givers: votes('count(distinct author_id)', 'to_id'), receivedDays: votes(`count(distinct created_at / ${DAY})`, 'to_id'),
      flagged: flags('count(distinct f.post_id)'), flaggers: flags('count(distinct f.author_id)'), isSuspended: sql<boolean>`${users.suspendedAt} is not null`.mapWith(Boolean),
    })
    .from(users)
    .where(eq(users.id, userId));
  return row!;
}

/** Looks at those who read something since, and daily at regulars: gives and takes levels as what they did says. Locked ones stay. */
export const reviewTrust = job('trust.review', async ({ db, gate, now }) => {
  const people = await due(db, now);
  if (people.length === 0) return 0;
  const mayBeRegular = people.filter(({ level, posts, isLocked }) => !isLocked && (level === 3 || (level === 2 && posts >= 500)));
  const there = mayBeRegular.length > 0 ? await written(db, now.getTime() - WINDOW * DAY) : NEVER;
  const statements: Sql[] = [];
  for (const person of people) {
    const { userId, level } = person;
    const measured = mayBeRegular.includes(person) ? { ...NEVER, ...there, ...(await lately(db, userId, now)) } : NEVER;
    const next = person.isLocked ? person : levelFrom(person, person, measured, now);
    const dueAt = next.level === 3 && !person.isLocked ? now.getTime() + DAY : null;
    statements.push({ sql: 'update trust set level = ?, slipped_at = ?, due_at = ? where user_id = ? and is_locked = ?', args: [next.level, next.slippedAt?.getTime() ?? null, dueAt, userId, person.isLocked ? 1 : 0] });
    if (next.level !== level) statements.push(said(db, now, userId, level, next.level));
  }
  await gate.commit(statements);
  return people.length;
});

function said(db: Database, now: Date, userId: string, from: number, to: number): Sql {
  const { sql: text, params } = announced(db, { viewer: system, now, newId }, { type: 'person.trusted', subject: `trust of ${userId}`, data: { person: userId, from, to } }).toSQL();
  return { sql: text, args: params as Sql['args'] };
}

/** What was read more than a hundred days ago counts in all, and in no window. */
export const forgetOldDays = job('trust.forget-old-days', async ({ gate, now }) => {
  const before = Math.floor(now.getTime() / DAY) - WINDOW;
  const [rows] = await gate.commit([{ sql: 'delete from trust_days where (user_id, day) in (select user_id, day from trust_days where day < ? limit 500) returning day', args: [before] }]);
  return rows!.length;
});
