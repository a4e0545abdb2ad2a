import { and, desc, eq, isNull, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { attachedTo } from '../attachments/schema.ts';
import type { Database } from '../database/open.ts';
import { either, rule } from '../platform/rules.ts';
import { can, isStaff, moderates, NOTHING, STAFF_SQL, type Viewer } from '../platform/viewer.ts';
import { categories, posts, topics, topicTags } from './schema.ts';
import { bits } from '../platform/seldom.ts';
import { slim } from '../platform/slim.ts';

/** What a viewer is, as categories name those whom they let in. */
const names = (viewer: Viewer) => sql.join([sql`${`role:${viewer.role}`}`, ...(viewer.accountId === null ? [] : [sql`'account:' || ${viewer.accountId}`, sql`'plan:' || (select plan from accounts where id = ${viewer.accountId})`, sql`'csm:' || (select csm_id from accounts where id = ${viewer.accountId})`])], sql`, `);

/** Who works here is named by their groups, and by the book of accounts that is theirs. */
const namesAtWork = (viewer: Viewer) => (isStaff(viewer) ? sql` or value = 'csm:' || ${viewer.id} or value in (select 'group:' || group_id from group_members where user_id = ${viewer.id})` : sql``);

/** Those who moderate everywhere or keep the settings see and may everything. */
export const isLetInEverywhere = (viewer: Viewer) => can(viewer, 'settings.manage') || (can(viewer, 'forum.moderate') && !viewer.scopes.categories);

/** Whether a category lets the viewer do this; who moderates it may. */
function letIn(viewer: Viewer, right: 'see' | 'reply' | 'create', category = 'categories'): SQL<boolean> {
  if (isLetInEverywhere(viewer)) return sql<boolean>`1`;
  const [list, id] = [sql.raw(`${category}."${right}"`), sql.raw(`${category}.id`)];
  const own = can(viewer, 'forum.moderate') && viewer.scopes.categories?.length ? sql` or ${id} in (${sql.join(viewer.scopes.categories.map((one) => sql`${one}`), sql`, `)})` : sql``;
  return sql<boolean>`(${list} is null or exists (select 1 from json_each(${list}) where value in (${names(viewer)})${namesAtWork(viewer)})${own})`;
}

/** Ids of the categories that do not let the viewer in, and of all below such a one. */
const hiddenFrom = (viewer: Viewer) =>
  sql`(with recursive hidden (id) as (select id from categories closed where not ${letIn(viewer, 'see', 'closed')} union select below.id from hidden join categories below on below.parent_id = hidden.id) select id from hidden)`;

/** The same, as the viewer holds it where the portal knows it. */
export const hiddenCategories = (viewer: Viewer) => (viewer.hidden === null ? hiddenFrom(viewer) : sql`(select value from json_each(${viewer.hidden}))`);

/** Whether no category is closed to anybody, as a column of any query. */
export const ALL_OPEN = sql<boolean>`not exists (select 1 from categories where see is not null)`.mapWith(Boolean).as('are_all_open');

/** The same alone. Always one row. */
export const areAllOpen = (db: Database) => db.select({ areAllOpen: ALL_OPEN }).from(sql`(select 1)`);

/** Which categories are hidden from a viewer, and whether none is from anybody, as one row, for the portal. */
export const sightOf = (db: Database, viewer: Viewer) => db.select({ hidden: sql<string>`json_group_array(id)`.as('hidden'), areAllOpen: ALL_OPEN }).from(sql`(select id from ${hiddenFrom(viewer)} order by id)`);

const seesAll = (viewer: Viewer) => isLetInEverywhere(viewer) || viewer.hidden === NOTHING;

const inSight = (viewer: Viewer, categoryId: SQLWrapper) => (seesAll(viewer) ? undefined : sql`${categoryId} not in ${hiddenCategories(viewer)}`);

const categoriesWhere = (db: Database, viewer: Viewer, where?: SQL) =>
  slim(
    {
      id: categories.id, slug: categories.slug, name: categories.name, description: categories.description, parentId: categories.parentId, position: categories.position, isListed: categories.isListed, importId: categories.importId,
      mayReply: letIn(viewer, 'reply').mapWith(Boolean).as('may_reply'), mayCreate: letIn(viewer, 'create').mapWith(Boolean).as('may_create'),
    },
    (columns) => db.select(columns).from(categories).where(where).as('categories'),
  );

/** Categories that let the viewer in, and whether they may reply and open topics there. */
export const visibleCategories = (db: Database, viewer: Viewer) => categoriesWhere(db, viewer, inSight(viewer, categories.id));

/** The same of topics that the viewer sees: join it with one of those, since who sees a topic sees its category. */
export const categoriesOfTopics = (db: Database, viewer: Viewer) => categoriesWhere(db, viewer);

/** What search found that is of a topic or post, as far as the viewer sees its category. */
export const inVisibleCategory = (viewer: Viewer, type: SQLWrapper, refId: SQLWrapper): SQL | undefined =>
  seesAll(viewer)
    ? undefined
    : sql`(${type} = 'article' or not exists ${hiddenCategories(viewer)} or coalesce(case ${type} when 'topic' then (select category_id from topics where id = ${refId}) else (select t.category_id from posts p join topics t on t.id = p.topic_id where p.id = ${refId}) end, '') not in ${hiddenCategories(viewer)})`;

const MODERATING = "('moderator', 'agent', 'csm', 'admin')";
const AT_WORK = `u.role in ${STAFF_SQL} and (value = 'csm:' || u.id or value in (select 'group:' || group_id from group_members where user_id = u.id))`;
const OF_ACCOUNT = "'account:' || u.account_id, 'plan:' || (select plan from accounts where id = u.account_id), 'csm:' || (select csm_id from accounts where id = u.account_id)";
const blind = (category: string) => `(${category}.see is not null and (u.role not in ${MODERATING} or u.role_id is not null) and not exists (select 1 from json_each(${category}.see) where value in ('role:' || u.role, ${OF_ACCOUNT}) or (${AT_WORK})))`;

/** For telling people: whether user `u` sees a topic, whose id is this SQL: it is there, and neither its category nor one above is closed to them. */
export const seesTopic = (topicId: string) =>
  `exists (select 1 from topics seen where seen.id = ${topicId} and seen.hidden_at is null and not exists (with recursive up (parent_id, see) as (select parent_id, see from categories where id = seen.category_id union select above.parent_id, above.see from up join categories above on above.id = up.parent_id) select 1 from up where ${blind('up')}))`;

/** People see the topics of categories that let them in. A topic that was merged into another, or hidden whole, is no more. */
export const visibleTopics = (db: Database, viewer: Viewer) =>
  slim(
    {
      id: topics.id, number: topics.number, slug: topics.slug, title: topics.title, kind: topics.kind, tags: topics.tags, postsCount: topics.postsCount, categoryId: topics.categoryId,
      authorId: topics.authorId, lastPostAt: topics.lastPostAt, lastAuthorId: topics.lastAuthorId, acceptedPostId: topics.acceptedPostId, likes: topics.likes, lockedAt: topics.lockedAt, slowSeconds: topics.slowSeconds, problemState: topics.problemState, votesFrozenAt: topics.votesFrozenAt, teamOnlyAt: topics.teamOnlyAt, pinnedAt: topics.pinnedAt,
      answerDueAt: topics.answerDueAt, answeredAt: topics.answeredAt, createdAt: topics.createdAt, importId: topics.importId, parts: topics.parts,
    },
    (columns) => db.select(columns).from(topics).where(and(isNull(topics.mergedInto), isNull(topics.hiddenAt), inSight(viewer, topics.categoryId))).as('topics'),
  );

/** Where topics are looked for: in a category, by its slug, and in all below it, or only there. */
export interface Within {
  category: SQLWrapper;
  isOnlyHere: boolean;
}

/** These categories, as far as the viewer sees them, as the definition of `place (id)` for a recursive `with`. */
const placesOf = (viewer: Viewer, { category, isOnlyHere }: Within) =>
  sql`place (id) as (select categories.id from categories where ${and(sql`slug = ${category}`, inSight(viewer, categories.id))}${isOnlyHere ? sql`` : sql` union select below.id from place join categories below on ${and(sql`below.parent_id = place.id`, inSight(viewer, sql`below.id`))}`})`;

/** Their ids, as a subquery. */
export const placesWithin = (viewer: Viewer, within: Within) => sql`(with recursive ${placesOf(viewer, within)} select id from place)`;

/** What a topic’s category is part of, from the top down: who sees a category sees those. */
export const above = (categoryId: SQLWrapper) =>
  sql`(with recursive up (slug, name, parent_id) as (select a.slug, a.name, a.parent_id from categories c join categories a on a.id = c.parent_id where c.id = ${categoryId} union all select a.slug, a.name, a.parent_id from up join categories a on a.id = up.parent_id) select json_group_array(json_object('slug', slug, 'name', name)) from up)`.mapWith((list: string) => (JSON.parse(list) as { slug: string; name: string }[]).reverse());

const TOPIC_PARTS = ['handovers', 'moves', 'timers', 'whispers', 'care'] as const;

/** What the page of a topic seldom has. */
export type TopicPart = (typeof TOPIC_PARTS)[number];

/** The parts of its page that there may be something for. */
export const partsOf = (topic: ReturnType<typeof visibleTopics>) => bits<TopicPart>(TOPIC_PARTS, sql`${topic.parts}`);

/** Another text each time that anything changed which the page of a topic says to everybody who sees it. No row for one that the viewer does not see. */
export const markOf = (db: Database, viewer: Viewer, number: SQLWrapper) => {
  const topic = visibleTopics(db, viewer);
  return db.select({ mark: sql<string | null>`${topic.id} || ' ' || (select mark from marks where thing = ${topic.id}) || ' ' || (select mark from marks where thing = 'everybody')`.as('mark') }).from(topic).where(sql`${topic.number} = ${number}`);
};

type Topics = ReturnType<typeof visibleTopics>;

interface Merging {
  within: Within;
  /** A JSON list of days since 1970, where each has an order of its own. */
  days?: SQLWrapper | undefined;
  /** What is listed, and on which day, where there are days. */
  where: (topic: Topics, day: SQL) => SQL | undefined;
  /** The order of each category, and of all, falling; then comes the id. */
  order: (topic: Topics) => SQLWrapper;
  /** Where it goes on, if it does. */
  at?: SQLWrapper | undefined;
  last?: SQLWrapper | undefined;
  most: SQLWrapper | number;
}

/**
 * The first topics of several categories, each in the order of an index, merged into one list: `queue`, with their `id`, defined for a recursive `with`.
 * The first of each category waits in a queue, and for each one that is taken comes the next of its category: so as many rows are read as there are
 * categories and topics taken, however many there are in all.
 */
export function firstWithin(db: Database, viewer: Viewer, { within, days, where, order, at, last, most }: Merging): SQL {
  const [topic, taken] = [visibleTopics(db, viewer), visibleTopics(db, viewer)];
  const next = (place: SQL, day: SQL, after?: SQL) => db.select({ id: topic.id }).from(topic).where(and(sql`${topic.categoryId} = ${place}`, where(topic, day), after && sql`(${order(topic)}, ${topic.id}) < ${after}`)).orderBy(desc(order(topic)), desc(topic.id)).limit(1);
  const day = days ? sql`d.value` : sql`null`;
  const start = next(sql`place.id`, day, at && last ? sql`(${at}, ${last})` : undefined);
  return sql`${placesOf(viewer, within)}, queue (place, day, rank, id) as (
    select place.id, ${day}, ${order(taken)}, ${taken.id} from place ${days ? sql`cross join json_each(${days}) d ` : sql``}cross join ${taken} where ${taken.id} = ${start}
    union all select queue.place, queue.day, ${order(taken)}, ${taken.id} from queue cross join ${taken} where ${taken.id} = ${next(sql`queue.place`, sql`queue.day`, sql`(queue.rank, queue.id)`)}
    order by 3 desc, 4 desc limit ${most})`;
}

const POST_PARTS = ['reports', 'attached', 'quotes'] as const;

/** What few posts have. */
export type PostPart = (typeof POST_PARTS)[number];

/** What there may be of a post. */
const postParts = bits<PostPart>(POST_PARTS, sql`${posts.parts}`);

const REPORTED = sql.raw("exists (select 1 from flags where flags.post_id = posts.id and outcome is null and (weight > 0 or flags.kind = 'illegal'))");

/** Everyone sees every post of a topic that they see: join it with one of those. What a hidden one says is for moderators, and for its author, unless it is asked for as all others see it. */
export const visiblePosts = (db: Database, viewer: Viewer, isForAll = false) => {
  const shown = can(viewer, 'forum.moderate') ? undefined : isForAll ? sql`${posts.hiddenAt} is null` : sql`(${posts.hiddenAt} is null or ${posts.authorId} = ${viewer.id ?? ''})`;
  return slim(
    {
      id: posts.id, topicId: posts.topicId, number: posts.number, authorId: posts.authorId, renderer: posts.renderer, createdAt: posts.createdAt, hiddenAt: posts.hiddenAt, importId: posts.importId,
      editedAt: posts.editedAt, editorId: posts.editorId, removed: posts.removed, removedAt: posts.removedAt, ups: posts.ups, downs: posts.downs, acceptedAt: posts.acceptedAt, has: postParts,
      /** Reported by somebody whose word weighs, and not decided about. */
      isReported: sql<boolean>`${REPORTED}`.mapWith(Boolean).as('is_reported'),
      body: sql<string>`${shown ? sql`case when ${shown} then ${posts.body} else '' end` : posts.body}`.as('shown_body'), html: sql<string | null>`${shown ? sql`case when ${shown} then ${posts.html} else '' end` : posts.html}`.as('shown_html'),
      attachments: attachedTo('post_id', 'posts.id', sql`posts.removed is null${shown ? sql` and ${shown}` : sql``}`),
    },
    (columns) => db.select(columns).from(posts).as('posts'),
  );
};

/** Topics by tag. */
export const visibleTopicTags = (db: Database, viewer: Viewer) => {
  const topic = visibleTopics(db, viewer);
  return db.select({ tag: topicTags.tag, topicId: topicTags.topicId, lastPostAt: topicTags.lastPostAt }).from(topicTags).innerJoin(topic, eq(topic.id, topicTags.topicId)).as('topic_tags');
};

interface Placed {
  authorId: string;
  categoryId: string;
}

const author = rule<Placed>('the author', (viewer, topic) => viewer.id !== null && topic.authorId === viewer.id);

/** Votes are for the words of others. */
export const anotherReader = rule<Pick<Placed, 'authorId'>>('signed-in people on the topics of others', (viewer, topic) => viewer.id !== null && topic.authorId !== viewer.id);

/** Those who moderate where it is. */
export const moderators = rule<Pick<Placed, 'categoryId'>>('people with the permission forum.moderate in its category', (viewer, topic) => moderates(viewer, topic.categoryId));

/** Who says which answer solved a question, and who changes what somebody wrote. */
export const authorOrModerator = either<Placed>(author, moderators);
