import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { moment } from '../platform/schema.ts';

/** Words that mean a tag: whoever writes one writes that tag. Triggers see to it wherever topics and tickets are written. */
export const tagSynonyms = sqliteTable('tag_synonyms', {
  synonym: text().primaryKey(),
  tag: text().notNull(),
  createdAt: moment().notNull(),
  /** Its words as search knows them, once the clock has looked at it. */
  stems: text(),
});

/** What had a synonym when it became one, and whether it had the main tag, too: to give it back. */
export const tagRetags = sqliteTable(
  'tag_retags',
  {
    synonym: text().notNull(),
    kind: text({ enum: ['topic', 'ticket'] }).notNull(),
    refId: text().notNull(),
    hadBoth: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.synonym, t.kind, t.refId] })],
);

/** Tags that belong together. Of a group that is `isOneOf` a topic has one at most; in the categories `requiredIn` (ids) a topic has one at least. */
export const tagGroups = sqliteTable('tag_groups', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  tags: text({ mode: 'json' }).$type<string[]>().notNull(),
  isOneOf: integer({ mode: 'boolean' }).notNull().default(false),
  requiredIn: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
});

/** The key of the setting that says who makes new tags. */
export const RULES = 'tag_rules';

/** The least level of trust that makes new tags: 0 is everybody, 5 those who work here or moderate. */
export const STAFF_ONLY = 5;
