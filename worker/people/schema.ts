import { type AnySQLiteColumn, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import { moment } from '../platform/schema.ts';

/** People. Without a password hash they are staged: they wrote in, or were imported, and cannot sign in yet. */
export const users = sqliteTable('users', {
  id: text().primaryKey(),
  /** Lower case. */
  email: text().notNull().unique(),
  name: text().notNull(),
  handle: text().notNull().unique(),
  role: text({ enum: ['customer', 'moderator', 'agent', 'csm', 'admin'] }).notNull().default('customer'),
  accountId: text().references((): AnySQLiteColumn => accounts.id),
  accountRole: text({ enum: ['member', 'admin'] }).notNull().default('member'),
  locale: text({ enum: ['en', 'el'] }).notNull().default('en'),
  timeZone: text(),
  /** `scrypt$N$r$p$salt$hash` */
  passwordHash: text(),
  createdAt: moment().notNull(),
  importId: text(),
});

/** `id` is SHA-256 of the secret that the cookie holds. */
export const sessions = sqliteTable('sessions', {
  id: text().primaryKey(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  expiresAt: moment().notNull(),
  createdAt: moment().notNull(),
});

/** API tokens; `hash` is SHA-256 of `stoa_…`, which is shown once, `prefix` its beginning, by which its owner recognises it. */
export const tokens = sqliteTable('tokens', {
  id: text().primaryKey(),
  hash: text().notNull().unique(),
  prefix: text().notNull(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  scope: text({ enum: ['read', 'write'] }).notNull(),
  createdAt: moment().notNull(),
  expiresAt: moment(),
  lastUsedAt: moment(),
});
