import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { categories, posts, topics } from '../forum/schema.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** What can be found wrong with a post before anybody reads it. `detail` is what it was found by: a word, a site, a number. */
const rules = ['first', 'level', 'word', 'domain', 'fast', 'twin', 'burst', 'network', 'mail', 'site', 'url', 'newcomer'] as const;
export interface Reason {
  rule: (typeof rules)[number];
  detail: string;
}

const heldKinds = ['topic', 'reply', 'edit', 'note', 'signed_note'] as const;

/**
 * What waits for a moderator before anybody reads it, or was sent back. It is no post: no count, list, search or feed of posts can hold it. A reply has
 * its topic, an edit also its post, and so has a note to its author, signed or not. Words of what was approved are where they are read, no longer here.
 */
export const heldPosts = sqliteTable('held_posts', {
  id: text().primaryKey(),
  kind: text({ enum: heldKinds }).notNull(),
  authorId: text().notNull().references(() => users.id),
  categoryId: text().notNull().references(() => categories.id),
  topicId: text().references(() => topics.id, { onDelete: 'cascade' }),
  postId: text().references(() => posts.id, { onDelete: 'cascade' }),
  topicKind: text({ enum: ['discussion', 'question', 'problem', 'announcement'] }),
  title: text().notNull(),
  tags: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  body: text().notNull(),
  reasons: text({ mode: 'json' }).$type<Reason[]>().notNull(),
  status: text({ enum: ['waiting', 'approved', 'rejected'] }).notNull().default('waiting'),
  words: text().notNull().default(''),
  decidedBy: text().references(() => users.id),
  decidedAt: moment(),
  createdAt: moment().notNull(),
});

export const wordActions = ['block', 'censor', 'replace', 'hold', 'silence', 'flag', 'tag'] as const;

/** Words that something follows from. `locale` is the language that they count in; `tag` what a topic with them is tagged, `replacement` what stands in their place, `hours` how long who writes them is silenced. */
export const wordRules = sqliteTable('word_rules', {
  id: text().primaryKey(),
  pattern: text().notNull(),
  isRegex: integer({ mode: 'boolean' }).notNull().default(false),
  locale: text({ enum: ['en', 'el'] }),
  action: text({ enum: wordActions }).notNull(),
  tag: text().notNull().default(''),
  replacement: text().notNull().default(''),
  hours: integer().notNull().default(0),
  hits: integer().notNull().default(0),
  createdAt: moment().notNull(),
});

export const screenKinds = ['network', 'mail', 'site', 'url'] as const;
export const screenActions = ['hold', 'block'] as const;

/** Where unwanted posts came from or lead to: a network (CIDR), a pattern of mail addresses with `*`, a site with all below it, the beginning of a URL. */
export const screens = sqliteTable('screens', {
  id: text().primaryKey(),
  kind: text({ enum: screenKinds }).notNull(),
  pattern: text().notNull(),
  action: text({ enum: screenActions }).notNull(),
  note: text().notNull().default(''),
  hits: integer().notNull().default(0),
  hitAt: moment(),
  expiresAt: moment(),
  createdAt: moment().notNull(),
});

/** Hashes of what new people wrote lately: see `prints.ts`. */
export const prints = sqliteTable(
  'prints',
  {
    print: text().notNull(),
    post: text().notNull(),
    authorId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.print, t.post] })],
);

/** Sites that somebody trusted linked to. */
export const linkedDomains = sqliteTable('linked_domains', { domain: text().primaryKey(), at: moment().notNull() });
