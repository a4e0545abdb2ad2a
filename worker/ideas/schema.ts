import { and, eq } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
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

/** The statement that gives or takes back a person's one vote. Said twice it changes nothing. */
export const voted = (db: Database, onId: string, authorId: string, isFor: boolean) =>
  isFor ? db.insert(votes).values({ onId, authorId }).onConflictDoNothing() : db.delete(votes).where(and(eq(votes.onId, onId), eq(votes.authorId, authorId)));
