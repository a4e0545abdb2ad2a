import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

export const ideas = sqliteTable('ideas', {
  id: text().primaryKey(),
  number: integer().notNull().unique(),
  authorId: text().notNull().references(() => users.id),
  title: text().notNull(),
  body: text().notNull(),
  status: text().notNull().default('open'),
  createdAt: moment().notNull(),
  importId: text(),
});

/** One vote a person on anything: an idea, a topic, a post. */
export const votes = sqliteTable(
  'votes',
  {
    onId: text().notNull(),
    authorId: text().notNull().references(() => users.id),
  },
  (t) => [primaryKey({ columns: [t.onId, t.authorId] })],
);
