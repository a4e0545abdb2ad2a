import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const counts = {
  searches: integer().notNull().default(0),
  /** Of these, those that found nothing. */
  empty: integer().notNull().default(0),
  /** How often a result was followed, and the sum of the places (from 1) at which those stood. */
  clicks: integer().notNull().default(0),
  places: integer().notNull().default(0),
  /** How often it ended with a topic or ticket that was written from there. */
  topics: integer().notNull().default(0),
  tickets: integer().notNull().default(0),
};

/** What was searched for on a day (`2026-01-31`, UTC), and what came of it; of nobody. `hash` stands for the words in any form, the empty one for all of the day. */
export const searchDays = sqliteTable('search_days', { hash: text().notNull(), day: text().notNull(), ...counts }, (t) => [primaryKey({ columns: [t.hash, t.day] })]);

/** The same of all days that are kept; `words` as somebody wrote them, and `found` the addresses that they found last, a JSON list. */
export const searchQueries = sqliteTable('search_queries', { hash: text().primaryKey(), words: text().notNull(), results: integer().notNull().default(0), found: text().notNull().default('[]'), ...counts });

/** Days for which the words of a search are kept after it. */
export const KEPT_DAYS = 30;
