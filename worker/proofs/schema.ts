import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** One app for six-digit codes (TOTP, RFC 6238) a person. */
export const authenticators = sqliteTable('authenticators', {
  userId: text().primaryKey().references(() => users.id, { onDelete: 'cascade' }),
  /** Sealed with the workspace's key. */
  secret: text().notNull(),
  /** The step of 30 seconds whose code was used last: it and those before are worth nothing any more. */
  lastStep: integer().notNull().default(0),
  createdAt: moment().notNull(),
});

/** Passkeys (WebAuthn credentials). `id` is the credential's, in base64url; `publicKey` its COSE key, in base64url too. */
export const passkeys = sqliteTable('passkeys', {
  id: text().primaryKey(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  publicKey: text().notNull(),
  counter: integer().notNull().default(0),
  transports: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  createdAt: moment().notNull(),
  lastUsedAt: moment(),
});

/** Codes on paper, each good once. `hash` is SHA-256; a used one is gone. */
export const recoveryCodes = sqliteTable('recovery_codes', {
  hash: text().primaryKey(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  createdAt: moment().notNull(),
});
