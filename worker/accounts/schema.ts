import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** How an account does, as it stands beside its name. */
export interface Health {
  /** 0 to 100, a whole number; null where too little is known, as is the colour then. */
  score: number | null;
  colour: 'risk' | 'watch' | 'good' | null;
  /** How much of what counts is known, in whole per cent. */
  coverage: number;
  /** Which way it went within four weeks; null where that is not known. */
  way: 'up' | 'down' | 'steady' | null;
  /** Whether somebody said so in place of the measures. */
  byHand: boolean;
}

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
  /** Kept by the clock, and by who says otherwise; null until it was looked at. */
  health: text({ mode: 'json' }).$type<Health>(),
  createdAt: moment().notNull(),
  importId: text(),
});
