import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { counted, keyOf } from '../platform/limits.ts';
import type { Guard, Writing } from '../platform/operation.ts';
import { revisionOf } from '../platform/outbox.ts';
import { Refusal } from '../platform/refusal.ts';
import { rule } from '../platform/rules.ts';
import { can, isStaff, type Viewer } from '../platform/viewer.ts';
import { ENDLESS, type Least, mostOf, reaches, RIGHTS } from './rights.ts';
import { trust, trustDays } from './schema.ts';
import { slim } from '../platform/slim.ts';
import { DAY } from '../platform/time.ts';

export { ENDLESS, type Least, levelOfStep, mostOf, reaches, type Right } from './rights.ts';

/** Milliseconds after something was read until the level is looked at. */
const REVIEW = 300_000;

/** How far somebody is trusted, and which levels the workspace asks for. */
export interface Rank {
  level: number;
  least: Least;
}

/** What somebody hears who tries what their level does not let them do at all. */
export const NOT_YET = new Refusal('forbidden', 'Your level does not let you do this yet. It grows by itself, as you read, come back and help.');

/** The levels that the workspace chose for rights, as JSON and as a column of any query. */
export const LEAST = "coalesce((select value from settings where key = 'trust_rights'), '{}')";
export const leastLevels = sql<Least>`${sql.raw(LEAST)}`.mapWith(JSON.parse as (json: string) => Least).as('least_levels');

/** From which level on one person’s word can hide a post alone. */
export const ALONE = { key: 'alone', level: RIGHTS.alone[0][1] } as const;

/** How many reports a day are somebody’s. */
export function flagsOf({ level, least }: Rank): number {
  const most = mostOf('flags', level, least);
  if (most === 0) throw NOT_YET;
  return most;
}

/** What counts a change of a post by somebody of a level, where that has an end: over it the commit fails as `too_many`. */
export function editCounted(db: Database, who: string, { level, least }: Rank, now: Date): Writing[] {
  const most = mostOf('edits', level, least);
  if (most === 0) throw NOT_YET;
  return most < ENDLESS ? [counted(db, keyOf('edit', who), { most, within: DAY }, now)] : [];
}

/** Those who work here or moderate write as they need to. */
export const isTrusted = (viewer: Viewer) => isStaff(viewer) || can(viewer, 'forum.moderate');

const START = sql`coalesce((select value ->> 'memberLevel' from settings where key = 'moderation_rules'), 1)`;

/** The level of a person, by the SQL of their id: 4 for those who work here, a locked one as it is, and at least the first one for members of paying accounts and for people who were here before Stoa. */
export const levelOf = (id: SQLWrapper | string | null): SQL<number> =>
  sql<number>`coalesce((select case when u.role in ('agent', 'light_agent', 'csm', 'admin', 'moderator') then 4 when tr.is_locked = 1 then tr.level
    else max(coalesce(tr.level, 0), case when u.import_id is not null or lower(coalesce(ac.plan, 'free')) <> 'free' then ${START} else 0 end) end
    from users u left join trust tr on tr.user_id = u.id left join accounts ac on ac.id = u.account_id where u.id = ${id}), 0)`.mapWith(Number);

/** How many of the day’s votes one against takes from who gives it. */
const COST_AGAINST = 2;

interface Vote {
  who: string;
  onId: string;
  toId: string;
  value: 'up' | 'down';
  rank: Rank;
  now: Date;
}

/** That somebody has a vote left: of what their level gives in 24 hours, where one against counts as two, of those against, and of those to one person. What they gave to the same thing before does not count. */
export function votesLeft({ who, onId, toId, value, rank: { level, least }, now }: Vote): Guard {
  if (!reaches(value === 'up' ? 'votesFor' : 'votesAgainst', level, least)) throw NOT_YET;
  const given = (counted: SQL) => sql`(select coalesce(sum(${counted}), 0) from votes where author_id = ${who} and created_at > ${now.getTime() - DAY} and on_id <> ${onId})`;
  const against = sql`value < 0`;
  const isLeft = sql`${given(sql`iif(${against}, ${COST_AGAINST}, 1)`)} + ${value === 'up' ? 1 : COST_AGAINST} <= ${mostOf('votesFor', level, least)}`;
  const holds = sql`${isLeft} and ${value === 'up' ? sql`1` : sql`${given(against)} < ${mostOf('votesAgainst', level, least)}`} and ${given(sql`to_id = ${toId}`)} < ${mostOf('votesOnOne', level, least)}`;
  return { holds, otherwise: new Refusal('too_many', 'You have given many votes today. Go on tomorrow.', {}, 3_600) };
}

/** Seconds of one pause in reading that count, at most. */
const LONGEST_PAUSE = 240;
/** Posts that one page shows. */
const A_PAGE = 20;

/** The statements that count what somebody has just read of a topic, up to post `upTo`, before it is noted how far they read. Nothing new to read counts as a visit alone. */
export function counting(db: Database, userId: string, topicId: string, upTo: number, now: Date): Writing[] {
  const day = Math.floor(now.getTime() / DAY);
  const before = sql`(select last_read from reads where user_id = ${userId} and topic_id = ${topicId})`;
  const topics = sql<number>`(${before} is null)`;
  const posts = sql<number>`min(${A_PAGE}, max(0, ${upTo} - coalesce(${before}, 0)))`;
  const soon = new Date(now.getTime() + REVIEW);
  return [
    db.insert(trust).values({ userId, topics, posts, days: 1, lastReadAt: now, dueAt: soon }).onConflictDoUpdate({
      target: trust.userId,
      set: {
        topics: sql`trust.topics + ${topics}`, posts: sql`trust.posts + ${posts}`, days: sql`days + (last_read_at < ${day * DAY})`, lastReadAt: now, dueAt: sql`coalesce(due_at, ${soon.getTime()})`,
        seconds: sql`seconds + min(${LONGEST_PAUSE}, max(0, ${now.getTime()} - last_read_at) / 1000) * (last_read_at > 0)`,
      },
    }),
    db.insert(trustDays).values({ userId, day, topics, posts }).onConflictDoUpdate({ target: [trustDays.userId, trustDays.day], set: { topics: sql`trust_days.topics + ${topics}`, posts: sql`trust_days.posts + ${posts}` } }),
  ];
}

/** Whose level somebody may know: everyone their own, moderators everybody’s. */
export const visibleTrust = (db: Database, viewer: Viewer) =>
  slim(
    {
      id: users.id, handle: users.handle, role: users.role, level: levelOf(sql`users.id`).as('trust_level'), isLocked: sql<boolean>`coalesce(${trust.isLocked}, 0)`.mapWith(Boolean).as('trust_locked'),
      topics: sql<number>`coalesce(${trust.topics}, 0)`.as('trust_topics'), posts: sql<number>`coalesce(${trust.posts}, 0)`.as('trust_posts'), seconds: sql<number>`coalesce(${trust.seconds}, 0)`.as('trust_seconds'), days: sql<number>`coalesce(${trust.days}, 0)`.as('trust_days_visited'),
      given: sql<number>`(select count(*) from (select 1 from votes where author_id = users.id and value > 0 limit 30))`.as('trust_given'),
      received: sql<number>`(select count(*) from (select 1 from votes where to_id = users.id and value > 0 limit 30))`.as('trust_received'),
      replies: sql<number>`(select count(*) from (select distinct topic_id from posts where author_id = users.id and number > 1 limit 10))`.as('trust_replies'),
      slippedAt: trust.slippedAt, least: leastLevels,
    },
    (columns) => db.select(columns).from(users).leftJoin(trust, eq(trust.userId, users.id)).where(can(viewer, 'forum.moderate') ? undefined : eq(users.id, viewer.id ?? '')).as('trusted'),
  );

/** Who gives levels by hand: those who moderate everywhere. */
export const everywhereModerators = rule<unknown>('people with the permission forum.moderate in every category', (viewer) => can(viewer, 'forum.moderate') && !viewer.scopes.categories);

/** The levels that rights ask for here, for those who keep the settings. Always one row. */
export const keptRights = (db: Database, viewer: Viewer) =>
  db.select({ least: sql<Least>`${can(viewer, 'settings.manage') ? sql.raw(LEAST) : sql`'{}'`}`.mapWith(JSON.parse as (json: string) => Least).as('kept_levels'), revision: revisionOf('trust_rights').as('revision') }).from(sql`(select 1)`);
