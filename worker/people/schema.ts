import { type AnySQLiteColumn, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import { type Permission, roles, type Scopes } from '../platform/permissions.ts';
import { moment } from '../platform/schema.ts';

/** People. Without a password hash they are staged: they wrote in, or were imported, and cannot sign in yet. */
export const users = sqliteTable('users', {
  id: text().primaryKey(),
  /** Lower case. */
  email: text().notNull().unique(),
  name: text().notNull(),
  handle: text().notNull().unique(),
  role: text({ enum: roles }).notNull().default('customer'),
  accountId: text().references((): AnySQLiteColumn => accounts.id),
  accountRole: text({ enum: ['member', 'admin'] }).notNull().default('member'),
  locale: text({ enum: ['en', 'el'] }).notNull().default('en'),
  timeZone: text(),
  /** `scrypt$N$r$p$salt$hash` */
  passwordHash: text(),
  /** A custom role; its permissions stand instead of the role's own. */
  roleId: text().references((): AnySQLiteColumn => customRoles.id),
  /** Since when they have a second factor, which every way in but a passkey then asks for. */
  secondFactorAt: moment(),
  /** When they proved that the address is theirs. */
  verifiedAt: moment(),
  suspendedAt: moment(),
  /** Until when; for good where it is not said. */
  suspendedUntil: moment(),
  /** Until when they read and do not write. */
  silencedUntil: moment(),
  /** Since when they are away from the desk, and until when, if they said. */
  awayAt: moment(),
  awayUntil: moment(),
  anonymisedAt: moment(),
  /** How often they get mail of what they are told. */
  mailLevel: text({ enum: ['each', 'daily', 'weekly', 'none'] }).notNull().default('each'),
  digestedAt: moment().notNull().default(new Date(0)),
  /** How many notifications they have not seen: kept by triggers. */
  unseen: integer().notNull().default(0),
  /** Bytes of the files that they brought: kept by triggers. */
  fileBytes: integer().notNull().default(0),
  /** What there may be of theirs, as bits: set by triggers, and never taken back. */
  parts: integer().notNull().default(0),
  createdAt: moment().notNull(),
  importId: text(),
});

/** Whether somebody is shut out at a moment: no job has to let them in again. */
export const isSuspended = ({ suspendedAt, suspendedUntil }: { suspendedAt: Date | null; suspendedUntil?: Date | null }, now = Date.now()) =>
  suspendedAt !== null && (suspendedUntil?.getTime() ?? Number.POSITIVE_INFINITY) > now;

/** Roles that a workspace made for itself: a built-in role as base, with a list of permissions of its own. */
export const customRoles = sqliteTable('roles', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  base: text({ enum: roles }).notNull(),
  permissions: text({ mode: 'json' }).$type<Permission[]>().notNull().default([]),
  scopes: text({ mode: 'json' }).$type<Scopes>().notNull().default({}),
  createdAt: moment().notNull(),
});

/** `id` is SHA-256 of the secret that the cookie holds. */
export const sessions = sqliteTable('sessions', {
  id: text().primaryKey(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  expiresAt: moment().notNull(),
  createdAt: moment().notNull(),
  /** When its person last proved who they are, and how: `password`, `code`, `totp`, `passkey`, `oidc`, `sso`. */
  provedAt: moment().notNull(),
  proofs: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  seenAt: moment().notNull(),
  /** Still waits for the second factor: opens nothing but the page that asks for it. */
  halfway: integer({ mode: 'boolean' }).notNull().default(false),
  /** Wrong codes while it waited. */
  tries: integer().notNull().default(0),
  /** What their browser calls itself, shortened. */
  device: text().notNull().default(''),
  /** Country or network, as far as known. */
  place: text().notNull().default(''),
  /** The customer whose eyes a staff member looks with in this session. */
  viewingAs: text().references(() => users.id, { onDelete: 'cascade' }),
  /** Until when. */
  viewingUntil: moment(),
});

/** What each person has signed in with: by a new one they are told of it. */
export const knownDevices = sqliteTable(
  'known_devices',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    device: text().notNull(),
    seenAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.device] })],
);

/** API tokens; `hash` is SHA-256 of `stoa_…`, which is shown once, `prefix` its beginning, by which its owner recognises it. */
export const tokens = sqliteTable('tokens', {
  id: text().primaryKey(),
  hash: text().notNull().unique(),
  prefix: text().notNull(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  /** See `platform/scope.ts`. */
  scope: text().notNull(),
  createdAt: moment().notNull(),
  expiresAt: moment(),
  lastUsedAt: moment(),
});
