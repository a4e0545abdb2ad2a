import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** What a one-time secret is for. One made for another purpose opens nothing. */
const purposes = ['verify', 'reset', 'code', 'invite', 'export', 'email', 'proof'] as const;
export type Purpose = (typeof purposes)[number];

/** Links and codes that open something once. `hash` is SHA-256 of purpose and secret; `address` is where it was sent, in lower case. */
export const oneTimeSecrets = sqliteTable('one_time_secrets', {
  hash: text().primaryKey(),
  purpose: text({ enum: purposes }).notNull(),
  address: text().notNull(),
  userId: text().references(() => users.id, { onDelete: 'cascade' }),
  data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull().default({}),
  attempts: integer().notNull().default(0),
  createdAt: moment().notNull(),
  expiresAt: moment().notNull(),
});
