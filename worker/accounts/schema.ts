import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** Customer companies. `arr` is yearly revenue in whole units of `currency`; `renewsOn` is a date, `YYYY-MM-DD`. */
export const accounts = sqliteTable('accounts', {
  id: text().primaryKey(),
  name: text().notNull(),
  domains: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  arr: integer().notNull().default(0),
  currency: text().notNull().default('EUR'),
  plan: text(),
  renewsOn: text(),
  csmId: text().references((): AnySQLiteColumn => users.id),
  /** How people whose address is of one of `domains` come in: not by that, with the word of somebody who keeps the account, or at once. */
  joining: text({ enum: ['off', 'approve', 'open'] }).notNull().default('approve'),
  lastWordAt: moment(),
  createdAt: moment().notNull(),
  importId: text(),
});
