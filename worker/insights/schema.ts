import { integer, type SQLiteInsertValue, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

const feedbackSources = ['topic', 'post', 'ticket', 'message', 'idea', 'survey'] as const;

/**
 * Everything customers said, one row a saying, whatever the place. Staff's own words and internal notes never enter.
 * `number` and `place` lead back to the source: topic or ticket number, and post or message number within it.
 */
export const feedback = sqliteTable('feedback', {
  id: text().primaryKey(),
  source: text({ enum: feedbackSources }).notNull(),
  sourceId: text().notNull(),
  number: integer(),
  place: integer(),
  title: text().notNull(),
  personId: text().notNull().references(() => users.id),
  /** The account the person belonged to when they said it. */
  accountId: text().references(() => accounts.id),
  text: text().notNull(),
  locale: text({ enum: ['en', 'el'] }).notNull().default('en'),
  score: integer(),
  /** Of an answer to how content they are: the points of the question. */
  scale: integer(),
  saidAt: moment().notNull(),
});

/** The statement that remembers what a customer said; part of the commit that says it. */
export const remembered = (db: Database, saying: SQLiteInsertValue<typeof feedback>) => db.insert(feedback).values(saying);
