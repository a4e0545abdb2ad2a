import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** Each time that somebody of the staff looked with a customer's eyes: who, why, and how long at most. `session` is the hash of their session. */
export const looks = sqliteTable('looks', {
  id: text().primaryKey(),
  session: text().notNull(),
  staffId: text().notNull().references(() => users.id),
  customerId: text().notNull().references(() => users.id),
  reason: text().notNull(),
  startedAt: moment().notNull(),
  until: moment().notNull(),
  endedAt: moment(),
});
