import { type AnySQLiteColumn, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import { customRoles, users } from '../people/schema.ts';
import { roles } from '../platform/permissions.ts';
import { moment } from '../platform/schema.ts';

/** Invitations, open until they are accepted, revoked or `expiresAt`. The secret of the link is among the one-time secrets, as its hash. */
export const invitations = sqliteTable('invitations', {
  id: text().primaryKey(),
  email: text().notNull(),
  /** How they are called, if the one who invites knows; empty when not. */
  name: text().notNull().default(''),
  role: text({ enum: roles }).notNull(),
  roleId: text().references((): AnySQLiteColumn => customRoles.id),
  accountId: text().references((): AnySQLiteColumn => accounts.id),
  accountRole: text({ enum: ['member', 'admin'] }).notNull().default('member'),
  locale: text({ enum: ['en', 'el'] }).notNull(),
  invitedBy: text().references((): AnySQLiteColumn => users.id),
  createdAt: moment().notNull(),
  expiresAt: moment().notNull(),
  acceptedAt: moment(),
  revokedAt: moment(),
});
