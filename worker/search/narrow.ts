import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { visiblePosts, visibleTopics } from '../forum/access.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { Order, Status } from './operators.ts';

/** Where only operators are asked for, they are applied to so many of the newest things of their author, tag or category, or of all. */
const LISTED = 500;

/** Operators as places in SQL; `tags` is a JSON list. What else shapes the SQL is in `by`. */
export interface Narrow {
  author: SQLWrapper | undefined;
  category: SQLWrapper | undefined;
  tags: SQLWrapper | undefined;
  before: SQLWrapper | undefined;
  after: SQLWrapper | undefined;
  likes: SQLWrapper | undefined;
  by: { status?: Status | undefined; order?: Order | undefined; type?: 'article' | 'topic' | undefined; inTitle: boolean; isListed: boolean; isPlanned: boolean };
}

const STATUS: Record<Status, SQL> = {
  solved: sql`t.accepted_post_id is not null`,
  open: sql`t.accepted_post_id is null and t.kind in ('question', 'problem')`,
  noreplies: sql`t.posts_count = 1 and t.kind <> 'announcement'`,
};

const all = (conditions: (SQL | undefined | false | '')[]) => sql.join([sql`1`, ...conditions.filter((one) => one instanceof Object)], sql` and `);
const within = ({ before, after }: Narrow, moment: SQLWrapper) => [before && sql`${moment} < ${before}`, after && sql`${moment} >= ${after}`];
const idOfCategory = (slug: SQLWrapper) => sql`(select id from categories where slug = ${slug})`;
const idOfAuthor = (handle: SQLWrapper) => sql`(select id from users where handle = ${handle})`;
const mainTag = (word: SQL) => sql`coalesce((select tag from tag_synonyms where synonym = ${word}), ${word})`;

/** Only topics and posts have these. */
const isOfForum = ({ author, tags, likes, by }: Narrow) => Boolean(author || tags || likes || by.status);

/** Whether the document of this id is what the operators say; undefined where they say nothing. */
export function fits(at: Narrow, id: SQL): SQL | undefined {
  const { author, category, tags, before, after, by } = at;
  if (!isOfForum(at) && !category && !before && !after) return undefined;
  const topic = all([
    author && sql`said.author_id = ${idOfAuthor(author)}`,
    category && sql`t.category_id = ${idOfCategory(category)}`,
    tags && sql`not exists (select 1 from json_each(${tags}) where not exists (select 1 from topic_tags where tag = ${mainTag(sql`value`)} and topic_id = t.id))`,
    at.likes && sql`t.likes >= ${at.likes}`,
    by.status && STATUS[by.status],
    ...within(at, sql`said.created_at`),
  ]);
  const article = all([category && sql`a.category = ${category}`, ...within(at, sql`a.updated_at`)]);
  return sql`exists (select 1 from search_documents d where d.id = ${id} and (
    exists (select 1 from (select topic_id, author_id, created_at from posts where id = d.ref_id union all select id, author_id, created_at from topics where id = d.ref_id) said join topics t on t.id = said.topic_id where ${topic})
    ${isOfForum(at) ? sql`` : sql`or exists (select 1 from articles a where a.id = d.ref_id and ${article})`}))`;
}

/** `ref` of the newest topics, posts of an author, and articles that the viewer sees, by the operator that leaves fewest. */
function newest(db: Database, viewer: Viewer, at: Narrow): SQL[] {
  const { author, category, tags, by } = at;
  const [topic, post] = [visibleTopics(db, viewer), visiblePosts(db, viewer)];
  const some = (what: SQL, order: SQLWrapper) => sql`select ref from (${what} order by ${order} desc limit ${LISTED})`;
  const articles = category
    ? sql`select id as ref from articles where locale in ('en', 'el') and category = ${category}`
    : some(sql`select id as ref from articles where ${all(within(at, sql`updated_at`))}`, sql`updated_at`);
  if (by.type === 'article') return isOfForum(at) ? [] : [articles];
  const ofForum = () => {
    if (author) return some(sql`select case ${post.number} when 1 then ${post.topicId} else ${post.id} end as ref from ${post} join ${topic} on ${topic.id} = ${post.topicId} where ${all([sql`${post.authorId} = ${idOfAuthor(author)}`, ...within(at, post.createdAt)])}`, post.createdAt);
    if (tags) return some(sql`select l.topic_id as ref from topic_tags l join ${topic} on ${topic.id} = l.topic_id where l.tag = ${mainTag(sql`(${tags} ->> 0)`)}`, sql`l.last_post_at`);
    return some(sql`select ${topic.id} as ref from ${topic} where ${all([category && sql`${topic.categoryId} = ${idOfCategory(category)}`, ...within(at, topic.createdAt)])}`, (by.order === 'likes' || at.likes) && !category && !at.before && !at.after ? topic.likes : topic.createdAt);
  };
  return [ofForum(), ...(isOfForum(at) || by.type === 'topic' ? [] : [articles])];
}

/** `id, score` of what only operators ask for; the score says nothing. */
export function listed(db: Database, viewer: Viewer, at: Narrow): SQL {
  const refs = newest(db, viewer, at);
  const narrow = fits(at, sql`found_by.id`);
  return sql`select found_by.id as id, 0 as score from (${refs.length > 0 ? sql.join(refs, sql` union all `) : sql`select '' as ref`}) listed
    cross join search_documents found_by on found_by.type in ('article', 'topic', 'post') and found_by.ref_id = listed.ref where ${narrow ?? sql`1`}`;
}

/** What documents are ordered by, when it is not how well they fit: the votes of their topic, or when they were written. */
export function orderValue(order: Order | undefined, type: SQLWrapper, refId: SQLWrapper, updatedAt: SQLWrapper): SQL {
  return order === 'likes'
    ? sql`coalesce((select likes from topics where id = case ${type} when 'post' then (select topic_id from posts where id = ${refId}) else ${refId} end), 0)`
    : sql`case ${type} when 'article' then ${updatedAt} when 'topic' then (select created_at from topics where id = ${refId}) else (select created_at from posts where id = ${refId}) end`;
}
