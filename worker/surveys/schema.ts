import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import { tickets } from '../tickets/schema.ts';

/** What can have been wrong, for those who were not content. */
export const reasons = ['slow', 'unsolved', 'unclear', 'unfriendly', 'product', 'other'] as const;

/**
 * Answers to surveys; `kind` is `nps` (0–10), `csat` (1–5), `ces` (1–7). The rating of a ticket is a `csat` with its ticket, with `cycle`, when that
 * was solved, and with whoever had it then.
 */
export const surveyAnswers = sqliteTable('survey_answers', {
  id: text().primaryKey(),
  kind: text().notNull(),
  userId: text().notNull().references(() => users.id),
  score: integer().notNull(),
  comment: text().notNull().default(''),
  ticketId: text().references(() => tickets.id, { onDelete: 'cascade' }),
  cycle: moment(),
  reason: text({ enum: reasons }),
  agentId: text().references(() => users.id),
  createdAt: moment().notNull(),
  changedAt: moment(),
  importId: text(),
});

/** Ratings counted by month (`2026-01`), by agent (`''`: nobody) and by score; score 0 counts who was asked by mail. */
export const ratingMonths = sqliteTable(
  'rating_months',
  { month: text().notNull(), agentId: text().notNull().default(''), score: integer().notNull(), answers: integer().notNull().default(0) },
  (t) => [primaryKey({ columns: [t.month, t.agentId, t.score] })],
);

/** The month of a moment, in UTC: `2026-01`. */
export const monthOf = (at: Date) => at.toISOString().slice(0, 7);
