import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

export const categories = sqliteTable('categories', {
  id: text().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  description: text().notNull().default(''),
  parentId: text().references((): AnySQLiteColumn => categories.id),
  position: integer().notNull().default(0),
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
  acceptedPostId: text(),
  createdAt: moment().notNull(),
  importId: text(),
});

export const topicTags = sqliteTable(
  'topic_tags',
  {
    tag: text().notNull(),
    lastPostAt: moment().notNull(),
    topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.tag, t.topicId] })],
);

/** `number` counts from 1 within the topic, so page n is a range of it. `html` is `body` as renderer version `renderer` drew it. */
export const posts = sqliteTable('posts', {
  id: text().primaryKey(),
  topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
  number: integer().notNull(),
  authorId: text().notNull().references(() => users.id),
  body: text().notNull(),
  html: text(),
  renderer: integer().notNull().default(0),
  createdAt: moment().notNull(),
  importId: text(),
});
