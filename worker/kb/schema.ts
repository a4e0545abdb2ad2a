import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { moment } from '../platform/schema.ts';

export const kbCategories = sqliteTable(
  'kb_categories',
  {
    slug: text().notNull(),
    locale: text({ enum: ['en', 'el'] }).notNull(),
    title: text().notNull(),
    summary: text().notNull().default(''),
    icon: text().notNull().default('book'),
    position: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.slug, t.locale] })],
);

export const audiences = ['everyone', 'team'] as const;

/** `source` says where an article lives: in git under content/kb, or here. What is for the `team` is read by everyone, and offered to staff only. */
export const articles = sqliteTable('articles', {
  id: text().primaryKey(),
  category: text().notNull(),
  slug: text().notNull(),
  locale: text({ enum: ['en', 'el'] }).notNull(),
  title: text().notNull(),
  summary: text().notNull().default(''),
  body: text().notNull(),
  html: text(),
  renderer: integer().notNull().default(0),
  audience: text({ enum: audiences }).notNull().default('everyone'),
  source: text({ enum: ['git', 'import'] }).notNull().default('import'),
  position: integer().notNull().default(0),
  helpful: integer().notNull().default(0),
  unhelpful: integer().notNull().default(0),
  updatedAt: moment().notNull(),
  importId: text(),
});

/** One vote a voter: a person's id, or the anonymous id of a browser. */
export const articleVotes = sqliteTable(
  'article_votes',
  {
    articleId: text().notNull().references(() => articles.id, { onDelete: 'cascade' }),
    voter: text().notNull(),
    helpful: integer({ mode: 'boolean' }).notNull(),
    comment: text(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.articleId, t.voter] })],
);
