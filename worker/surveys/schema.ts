import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import { tickets } from '../tickets/schema.ts';

/** How many points the question about a solved ticket can have: bad and good, or from very bad to very good. */
export const scales = [2, 5] as const;
export type Scale = (typeof scales)[number];

/** The least score of a scale that counts as content, and the highest that is poor. */
export const CONTENT: Record<Scale, number> = { 2: 2, 5: 4 };
export const POOR: Record<Scale, number> = { 2: 1, 5: 2 };

/** What can have been wrong, for those who were not content. */
export const reasons = ['slow', 'unsolved', 'unclear', 'unfriendly', 'product', 'other'] as const;

/**
 * Answers to surveys; `kind` is `nps` (0–10), `csat` (1–5), `ces` (1–7). The rating of a ticket is a `csat` (1–2 or 1–5) with its ticket, with `cycle`,
 * when that was solved, and with whoever had it then.
 */
export const surveyAnswers = sqliteTable('survey_answers', {
  id: text().primaryKey(),
  kind: text().notNull(),
  userId: text().notNull().references(() => users.id),
  score: integer().notNull(),
  comment: text().notNull().default(''),
  ticketId: text().references(() => tickets.id, { onDelete: 'cascade' }),
  cycle: moment(),
  /** Of a rating: the points of its question. */
  scale: integer().$type<Scale>().notNull().default(5),
  reason: text({ enum: reasons }),
  agentId: text().references(() => users.id),
  createdAt: moment().notNull(),
  changedAt: moment(),
  importId: text(),
});

/** Ratings counted by month (`2026-01`), by agent (`''`: nobody), by the scale of the question and by score; score 0 counts who was asked by mail. */
export const ratingMonths = sqliteTable(
  'rating_months',
  { month: text().notNull(), agentId: text().notNull().default(''), scale: integer().$type<Scale>().notNull().default(5), score: integer().notNull(), answers: integer().notNull().default(0) },
  (t) => [primaryKey({ columns: [t.month, t.agentId, t.scale, t.score] })],
);

/** The month of a moment, in UTC: `2026-01`. */
export const monthOf = (at: Date) => at.toISOString().slice(0, 7);
