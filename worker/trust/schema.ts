import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/**
 * What somebody did here, counted as they read: topics entered, posts and seconds read, days visited. Who has no row did nothing yet. A locked level
 * was given by hand and stays. `slippedAt`: since when a regular does less than a regular does. `dueAt`: when the clock looks at the level next.
 */
export const trust = sqliteTable('trust', {
  userId: text().primaryKey().references(() => users.id, { onDelete: 'cascade' }),
  level: integer().notNull().default(0),
  isLocked: integer({ mode: 'boolean' }).notNull().default(false),
  topics: integer().notNull().default(0),
  posts: integer().notNull().default(0),
  seconds: integer().notNull().default(0),
  days: integer().notNull().default(0),
  lastReadAt: moment().notNull().default(new Date(0)),
  slippedAt: moment(),
  dueAt: moment(),
});

/** What somebody read on a day (days since 1970, UTC), for as long as regulars are measured: a hundred days. */
export const trustDays = sqliteTable(
  'trust_days',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    day: integer().notNull(),
    topics: integer().notNull(),
    posts: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.day] })],
);
