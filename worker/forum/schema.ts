import { and, eq, inArray, sql } from 'drizzle-orm';
import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { feedback, remembered } from '../insights/schema.ts';
import { users } from '../people/schema.ts';
import { drawn } from '../platform/markdown.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import { slugOf } from '../platform/slug.ts';
import { change } from '../platform/statement.ts';
import { languageOf } from '../platform/text.ts';
import { quoting } from '../posts/schema.ts';
import { indexed, replyIndexed, searchDocuments } from '../search/schema.ts';

export const categories = sqliteTable('categories', {
  id: text().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull().default(''),
  parentId: text().references((): AnySQLiteColumn => categories.id),
  position: integer().notNull().default(0),
  /** Who reads it, replies in it, opens topics in it: `role:customer`, `plan:Enterprise`, `account:acc_…`, `csm:usr_…` for the accounts of a CSM, `group:grp_…` of staff. Everybody, when it is not said. */
  see: text({ mode: 'json' }).$type<string[]>(),
  reply: text({ mode: 'json' }).$type<string[]>(),
  create: text({ mode: 'json' }).$type<string[]>(),
  /** Hours within which its questions are to be answered, where the company promises that. */
  answerWithin: integer(),
  /** Whether search engines may show it and its topics. */
  isListed: integer({ mode: 'boolean' }).notNull().default(true),
  importId: text(),
});

/** The opening text of a topic is its post number 1. */
export const topics = sqliteTable('topics', {
  id: text().primaryKey(),
  number: integer().notNull().unique(),
  slug: text().notNull(),
  title: text().notNull(),
  kind: text({ enum: ['discussion', 'question', 'problem', 'announcement'] }).notNull().default('discussion'),
  categoryId: text().notNull().references(() => categories.id),
  authorId: text().notNull().references(() => users.id),
  tags: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  postsCount: integer().notNull().default(0),
  lastPostAt: moment().notNull(),
  lastAuthorId: text().references(() => users.id),
  /** The first of its accepted answers: kept by triggers. */
  acceptedPostId: text(),
  /** Votes for its posts, kept by triggers. */
  likes: integer().notNull().default(0),
  /** Since when only moderators write in it. */
  lockedAt: moment(),
  /** Since when it stands first in its category. */
  pinnedAt: moment(),
  /** Since when nobody sees it. */
  hiddenAt: moment(),
  /** Seconds between two replies of one person; 0 for none. */
  slowSeconds: integer().notNull().default(0),
  /** How a problem stands; null while nobody said so, and for other kinds. */
  problemState: text({ enum: ['known', 'fixed'] }),
  /** Since when nobody votes in it. */
  votesFrozenAt: moment(),
  /** Since when only the team and moderators reply in it. */
  teamOnlyAt: moment(),
  /** The topic that has its posts now. */
  mergedInto: text(),
  /** Until when a question is to be answered, and since when there is a post of somebody else in it that is neither removed nor hidden: kept by triggers, and by what moves posts. */
  answerDueAt: moment(),
  answeredAt: moment(),
  createdAt: moment().notNull(),
  /** What there may be for its page, as bits: set by triggers, and never taken back. */
  parts: integer().notNull().default(0),
  importId: text(),
});

/** The tags of topics, to find those by a tag: kept by triggers; `lastPostAt` by whoever writes a post. */
export const topicTags = sqliteTable(
  'topic_tags',
  {
    tag: text().notNull(),
    lastPostAt: moment().notNull(),
    topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.tag, t.topicId] })],
);

/**
 * `number` counts from 1 within the topic, so page n is a range of it. `html` is `body` as renderer version `renderer` drew it. The words of a post
 * that is `removed` are not here. `editedAt` and `editorId` tell of the last change that counts as one; votes `ups` and `downs` are kept by triggers.
 */
export const posts = sqliteTable('posts', {
  id: text().primaryKey(),
  topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
  number: integer().notNull(),
  authorId: text().notNull().references(() => users.id),
  body: text().notNull(),
  html: text(),
  renderer: integer().notNull().default(0),
  createdAt: moment().notNull(),
  editedAt: moment(),
  editorId: text().references(() => users.id),
  removed: text({ enum: ['author', 'moderator'] }),
  removedAt: moment(),
  ups: integer().notNull().default(0),
  downs: integer().notNull().default(0),
  /** Since when only its author and moderators read it. */
  hiddenAt: moment(),
  /** Since when it counts as what solved its topic. */
  acceptedAt: moment(),
  /** What there may be of it that few posts have, as bits: set by triggers, and never taken back. */
  parts: integer().notNull().default(0),
  importId: text(),
});

export type Topic = typeof topics.$inferSelect;

/** The statements after which search finds a topic by these words: its title, tags and the text of its first post. */
export const topicFound = (db: Database, now: Date, { id, number, title, tags, body }: Pick<Topic, 'id' | 'number' | 'title' | 'tags'> & { body: string }): Writing[] =>
  indexed(db, { type: 'topic', refId: id, locale: languageOf(`${title} ${body}`), title, url: `/forum/topics/${number}/${slugOf(title)}`, tags, text: body, updatedAt: now });

/** The statements after which the replies of a topic are known under another title, in search and among what customers said. */
export const repliesTitled = (db: Database, topicId: string, title: string): Writing[] => {
  const replies = db.select({ id: posts.id }).from(posts).where(eq(posts.topicId, topicId));
  return [
    db.update(searchDocuments).set({ title }).where(and(eq(searchDocuments.type, 'post'), inArray(searchDocuments.refId, replies))),
    db.update(feedback).set({ title }).where(and(eq(feedback.source, 'post'), inArray(feedback.sourceId, replies))),
  ];
};

interface Opening {
  id: string;
  slug: string;
  title: string;
  kind: (typeof topics.$inferSelect)['kind'];
  tags: string[];
  authorId: string;
  categoryId: string;
  now: Date;
}

/** The number of a topic that this commit has opened. */
export const numberOf = (topicId: string) => sql<number>`(select number from topics where id = ${topicId})`;

/** The statements that open a topic with its first post, and make it findable. */
export function opened(db: Database, { now, ...topic }: Opening, post: { id: string; body: string }): Writing[] {
  const { id, slug, title, tags, authorId } = topic;
  return [
    db.insert(topics).values({ ...topic, postsCount: 1, createdAt: now, lastPostAt: now, lastAuthorId: authorId, number: sql<number>`(select coalesce(max(number), 0) + 1 from topics)` }),
    db.insert(posts).values({ id: post.id, topicId: id, number: 1, authorId, createdAt: now, ...drawn(post.body) }),
    ...indexed(db, { type: 'topic', refId: id, locale: languageOf(`${title} ${post.body}`), title, url: sql<string>`'/forum/topics/' || ${numberOf(id)} || '/' || ${slug}`, tags, text: post.body, updatedAt: now }),
  ];
}

/** Whose words they are. */
export interface Author {
  id: string;
  role: string;
  accountId: string | null;
}

type Writes = Pick<Setting, 'db' | 'now' | 'newId'>;

/** The statement that remembers what a customer said, for their account. */
const saying = ({ db, now, newId }: Writes, author: Author, said: { source: 'topic' | 'post'; sourceId: string; number: unknown; place: unknown; title: string; text: string }): Writing[] =>
  author.role === 'customer'
    ? [remembered(db, { ...said, id: newId('fbk'), number: said.number as number, place: said.place as number, personId: author.id, accountId: author.accountId, locale: languageOf(said.source === 'topic' ? `${said.title} ${said.text}` : said.text), saidAt: now })]
    : [];

/** The statements that open a topic of somebody’s, with what is remembered of it. */
export const asked = (setting: Writes, author: Author, topic: Omit<Opening, 'authorId' | 'now'>, post: { id: string; body: string }): Writing[] => [
  ...opened(setting.db, { ...topic, authorId: author.id, now: setting.now }, post),
  ...saying(setting, author, { source: 'topic', sourceId: topic.id, number: numberOf(topic.id), place: 1, title: topic.title, text: post.body }),
];

type LastPost = Pick<typeof posts.$inferInsert, 'id' | 'topicId' | 'authorId' | 'createdAt' | 'body' | 'html' | 'renderer'>;

const lastPost = change<LastPost>((db, post) => db.insert(posts).values({ ...post, number: sql<number>`(select posts_count + 1 from topics where id = ${post.topicId})` }));
const longer = change<{ topicId: string; at: number; authorId: string }>((db, { topicId, at, authorId }) => db.update(topics).set({ postsCount: sql`posts_count + 1`, lastPostAt: sql`${at}`, lastAuthorId: sql`${authorId}` }).where(eq(topics.id, topicId)));
const tagsMoved = change<{ topicId: string; at: number }>((db, { topicId, at }) => db.update(topicTags).set({ lastPostAt: sql`${at}` }).where(eq(topicTags.topicId, topicId)));

/** The number that a post of this commit has in its topic. */
export const placeOf = (postId: string) => sql<number>`(select number from posts where id = ${postId})`;

/** The statements that put somebody’s reply at the end of a topic, where it is found, remembered, and known by what it quotes. */
export function answered(setting: Writes, author: Author, topic: Pick<Topic, 'id' | 'number' | 'slug' | 'title' | 'tags'>, { id, body }: { id: string; body: string }): Writing[] {
  const { db, now } = setting;
  const place = placeOf(id);
  return [
    lastPost(db, { id, topicId: topic.id, authorId: author.id, createdAt: now, ...drawn(body) }),
    longer(db, { topicId: topic.id, at: now.getTime(), authorId: author.id }),
    ...(topic.tags.length > 0 ? [tagsMoved(db, { topicId: topic.id, at: now.getTime() })] : []),
    ...replyIndexed({
      refId: id, locale: languageOf(body), title: topic.title, text: body, updatedAt: now,
      url: sql<string>`${`/forum/topics/${topic.number}/${topic.slug}?page=`} || ((${place} + 19) / 20) || '#post-' || ${place}`,
    }),
    ...saying(setting, author, { source: 'post', sourceId: id, number: topic.number, place, title: topic.title, text: body }),
    ...quoting(id, topic, body),
  ];
}
