import { and, eq, inArray, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { categories } from '../forum/schema.ts';
import { groups } from '../groups/schema.ts';
import { users } from '../people/schema.ts';
import { parts } from '../platform/seldom.ts';
import { slim } from '../platform/slim.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { type chosen, followDefaults, follows, ignored, reads } from './schema.ts';

/** Everyone sees what they follow themselves. */
export const ownFollows = (db: Database, viewer: Viewer) => slim(
  { target: follows.target, level: follows.level, byHand: follows.byHand, createdAt: follows.createdAt },
  (columns) => db.select(columns).from(follows).where(eq(follows.userId, viewer.id ?? '')).as('follows'),
);

/**
 * The one rule of how closely a person follows a category or tag, as SQL of the SQL of both: what they chose or wrote themselves; else what is set for
 * a group of theirs, of several the closest; else, for who came since, what is set for everybody. Null where nothing says so.
 */
const levelIn = (who: string, target: string) => `coalesce(
  (select level from follows where user_id = ${who} and target = ${target}),
  (select d.level from group_members m cross join follow_defaults d on d.target = ${target} and d.group_id = m.group_id where m.user_id = ${who} order by instr('watching tracking muted', d.level) limit 1),
  (select d.level from follow_defaults d join users n on n.id = ${who} and n.created_at >= d.created_at where d.target = ${target} and d.group_id = ''))`;

/** How closely the viewer follows something, by the same rule, and whether others set that for them. */
export const followed = (viewer: Viewer, target: SQLWrapper) => ({
  level: sql<(typeof chosen)[number] | null>`(select ${sql.raw(levelIn('me.id', 'me.target'))} from (select ${viewer.id ?? ''} as id, ${target} as target) me)`.as('follow_level'),
  isSet: sql<boolean>`not exists (select 1 from follows where user_id = ${viewer.id ?? ''} and target = ${target})`.mapWith(Boolean).as('is_set'),
});

const PLACES = "select category_id from topics where id = ? union all select 'tag:' || tag from topic_tags where topic_id = ?";

/** For telling people: who watches the category or a tag of a topic, and none of these is muted for them: what they chose counts before what is set. A subquery with the column `user_id`. The id of the topic is needed twice. */
export const WATCHERS = `(with places (target) as materialized (${PLACES}),
  near (user_id) as (select f.user_id from places cross join follows f on f.target = places.target and f.level = 'watching'
    union select m.user_id from places cross join follow_defaults d on d.target = places.target and d.level = 'watching' join group_members m on m.group_id = d.group_id
    union select n.id from places cross join follow_defaults d on d.target = places.target and d.level = 'watching' and d.group_id = '' join users n on n.created_at >= d.created_at),
  leveled (user_id, level, own) as (select near.user_id, coalesce(${levelIn('near.user_id', 'places.target')}, ''), exists (select 1 from follows o where o.user_id = near.user_id and o.target = places.target) from near cross join places)
  select user_id from leveled group by user_id having max(level = 'watching') and not max(level = 'muted') or max(own and level = 'watching') and not max(own and level = 'muted'))`;

/** Topics of one category or tag that are among the unread, at most: the newest. */
const NEAR = 100;

/** Ids of the topics with words newer than `since` in the categories and under the tags that the viewer watches or tracks, by choice or because it is set for them, as far as these words came after that; as SQL. */
export const topicsNear = (viewer: Viewer, since: SQLWrapper | number) => {
  const me = sql`(select ${viewer.id ?? ''} as id)`;
  const newest = (ids: string, isThere: SQLWrapper) => sql`(select json_group_array(id) from (select ${sql.raw(ids)} where ${isThere} and last_post_at > max(places.at, ${since}) order by last_post_at desc limit ${NEAR}))`;
  const [inCategory, underTag] = [newest('id from topics', sql`category_id = places.target`), newest('topic_id as id from topic_tags', sql`tag = substr(places.target, 5)`)];
  return sql`(with places (target, level, at) as materialized (
      select target, level, created_at from follows where user_id = ${viewer.id ?? ''} and substr(target, 1, 4) <> 'top_'
      union all select d.target, ${sql.raw(levelIn('me.id', 'd.target'))}, max(d.created_at) from follow_defaults d cross join ${me} me where not exists (select 1 from follows o where o.user_id = me.id and o.target = d.target) group by d.target)
    select near.value as id from places cross join json_each(iif(substr(places.target, 1, 4) = 'tag:', ${underTag}, ${inCategory})) near where places.level in ('watching', 'tracking'))`;
};

/** What is set for others, for those who keep the settings: with the names of group and category, where it is one. */
export const visibleDefaults = (db: Database, viewer: Viewer) =>
  slim(
    { target: followDefaults.target, groupId: followDefaults.groupId, level: followDefaults.level, createdAt: followDefaults.createdAt, group: sql<string | null>`${groups.name}`.as('default_group'), category: sql<string | null>`${categories.name}`.as('default_category') },
    (columns) =>
      db
        .select(columns)
        .from(followDefaults)
        .leftJoin(groups, eq(groups.id, followDefaults.groupId))
        .leftJoin(categories, eq(categories.id, followDefaults.target))
        .where(can(viewer, 'settings.manage') ? undefined : sql`0`)
        .as('defaults'),
  );

/** What may be set for the viewer: what is set for anybody, each once. */
export const setForSome = sql`(select distinct target from follow_defaults)`;

/** Everyone sees how far they read themselves. */
export const ownReads = (db: Database, viewer: Viewer) => db.select({ topicId: reads.topicId, lastRead: reads.lastRead }).from(reads).where(eq(reads.userId, viewer.id ?? '')).as('reads');

/** Everyone sees whom they do not want to hear themselves. Those who work here are heard, whatever was said before. */
export const ownIgnored = (db: Database, viewer: Viewer) =>
  slim(
    { personId: ignored.personId, level: ignored.level, createdAt: ignored.createdAt, name: users.name, handle: users.handle },
    (columns) =>
      db
        .select(columns)
        .from(ignored)
        .innerJoin(users, and(eq(users.id, ignored.personId), inArray(users.role, ['customer', 'moderator'])))
        .where(eq(ignored.userId, viewer.id ?? ''))
        .as('ignored'),
  );

/** Whose words the viewer does not want to read. */
export function notHeard(db: Database, viewer: Viewer) {
  const heard = ownIgnored(db, viewer);
  return sql<string[]>`(select json_group_array(${heard.personId}) from ${heard} where ${heard.level} = 'ignored')`.mapWith(JSON.parse).as('not_heard');
}

/** How far the viewer read a topic, and how closely they follow it, by the SQL of its id: both null where they never did. Subqueries, which are read and planned sooner than joins. */
export const readTo = (viewer: Viewer, topicId: SQLWrapper) => sql<number | null>`(select last_read from reads where user_id = ${viewer.id ?? ''} and topic_id = ${topicId})`.as('last_read');
export const levelOfTopic = (viewer: Viewer, topicId: SQLWrapper) => sql<(typeof chosen)[number] | null>`(select level from follows where user_id = ${viewer.id ?? ''} and target = ${topicId})`.as('follow_level');

/** What the viewer may have for the page of a topic: a draft, and files that take room. */
export type ReaderPart = 'draft' | 'files';

/** Which of these they have. */
export const partsOfReader = (viewer: Viewer, topicId: SQLWrapper) =>
  parts<ReaderPart>(sql`(select iif(exists (select 1 from drafts where user_id = me.id and place = ${topicId}), 'draft ', '') || iif(me.file_bytes > 0, 'files', '') from users me where me.id = ${viewer.id ?? ''})`);
