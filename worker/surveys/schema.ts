import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** Answers to surveys; `kind` is `nps` (0–10), `csat` (1–5), `ces` (1–7). */
export const surveyAnswers = sqliteTable('survey_answers', {
  id: text().primaryKey(),
  kind: text().notNull(),
  userId: text().notNull().references(() => users.id),
  score: integer().notNull(),
  comment: text().notNull().default(''),
  createdAt: moment().notNull(),
  importId: text(),
});
