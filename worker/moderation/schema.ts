import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { posts, topics } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** Where a post was before it was moved: `place` in topic `number`. A post may have been at several places; each leads to it for ever. `move` is one act of moving. */
export const movedPosts = sqliteTable(
  'moved_posts',
  {
    number: integer().notNull(),
    place: integer().notNull(),
    postId: text().notNull().references(() => posts.id, { onDelete: 'cascade' }),
    move: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.number, t.place] })],
);

/** What staff say to each other in a topic, after the post at `place`. It is no post: no count, list, search or feed of posts can hold it. */
export const whispers = sqliteTable('whispers', {
  id: text().primaryKey(),
  topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
  place: integer().notNull(),
  authorId: text().notNull().references(() => users.id),
  body: text().notNull(),
  html: text(),
  renderer: integer().notNull().default(0),
  createdAt: moment().notNull(),
});

export const loggedActions = ['hidden', 'shown', 'removed', 'restored', 'locked', 'unlocked', 'warned', 'silenced', 'suspended', 'deleted', 'lifted', 'upheld', 'overturned', 'version_hidden', 'version_shown'] as const;

export const flagKinds = ['off_topic', 'inappropriate', 'spam', 'illegal', 'other'] as const;

/** What people find wrong with a post, one each. `level` is how far they were trusted; `isNew`: their account was younger than a week. `outcome` is what came of it. */
export const flags = sqliteTable(
  'flags',
  {
    postId: text().notNull().references(() => posts.id, { onDelete: 'cascade' }),
    authorId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    kind: text({ enum: flagKinds }).notNull(),
    words: text().notNull().default(''),
    weight: real().notNull(),
    level: integer().notNull().default(0),
    isNew: integer({ mode: 'boolean' }).notNull().default(false),
    outcome: text({ enum: ['agree', 'disagree', 'ignore'] }),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.authorId] })],
);

/** What is to be decided about a post that was flagged, or was decided. Urgent is what may be against the law. */
export const reviews = sqliteTable('reviews', {
  postId: text().primaryKey().references(() => posts.id, { onDelete: 'cascade' }),
  status: text({ enum: ['open', 'agree', 'disagree', 'ignore'] }).notNull().default('open'),
  score: real().notNull().default(0),
  isUrgent: integer({ mode: 'boolean' }).notNull().default(false),
  claimedBy: text().references(() => users.id),
  decidedBy: text().references(() => users.id),
  words: text().notNull().default(''),
  /** The listed words by which it came here without a flag. */
  grounds: text(),
  openedAt: moment().notNull(),
  decidedAt: moment(),
  /** Since when its author’s change shows it again, after flags hid it: once. */
  shownAgainAt: moment(),
});

export const statedActions = ['hidden', 'removed', 'locked', 'warned', 'silenced', 'suspended'] as const;

/**
 * Why something of somebody’s was restricted, for them (DSA, article 17): what, on what grounds, in which words, by people or by rule, and until when they
 * may appeal. It is about a post, a topic or a sanction. `link` is SHA-256 of the key in the letter; `withdrawnAt`: it counts no longer.
 */
export const statementsOfReasons = sqliteTable('statements_of_reasons', {
  id: text().primaryKey(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  action: text({ enum: statedActions }).notNull(),
  postId: text().references(() => posts.id, { onDelete: 'cascade' }),
  topicId: text().references(() => topics.id, { onDelete: 'cascade' }),
  sanctionId: text(),
  kinds: text({ mode: 'json' }).$type<string[]>().notNull(),
  words: text().notNull().default(''),
  isAutomatic: integer({ mode: 'boolean' }).notNull(),
  byId: text().references(() => users.id),
  link: text(),
  mail: text({ enum: ['due', 'done'] }).notNull().default('done'),
  createdAt: moment().notNull(),
  appealUntil: moment().notNull(),
  withdrawnAt: moment(),
});

/** What moderation did, for everybody to read: of nobody, and without words. It only grows. */
export const moderationLog = sqliteTable('moderation_log', {
  id: text().primaryKey(),
  action: text({ enum: loggedActions }).notNull(),
  rule: text(),
  isAutomatic: integer({ mode: 'boolean' }).notNull(),
  categoryId: text(),
  createdAt: moment().notNull(),
});

/** What the clock does to a topic: lock it, open it, end its pin, take it from view, or put it on top. */
export const timerKinds = ['close', 'open', 'unpin', 'delete', 'bump'] as const;

/** One of each kind a topic. With `daysAfter` it is due so many days after the last post, and `dueAt` is looked at again then. */
export const topicTimers = sqliteTable(
  'topic_timers',
  {
    topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
    kind: text({ enum: timerKinds }).notNull(),
    dueAt: moment().notNull(),
    daysAfter: integer(),
    byId: text().notNull().references(() => users.id),
  },
  (t) => [primaryKey({ columns: [t.topicId, t.kind] })],
);
