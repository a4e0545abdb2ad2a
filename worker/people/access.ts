import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { attemptsBy } from '../platform/limits.ts';
import { settings } from '../platform/schema.ts';
import type { Viewer } from '../platform/viewer.ts';
import { tokens, users } from './schema.ts';

/** What anyone may know of someone who wrote something. */
export const authors = (db: Database, alias = 'authors') =>
  db.select({ id: users.id, name: users.name, handle: users.handle, role: users.role }).from(users).as(alias);

/** What anyone may know of a person. */
export const profiles = (db: Database) =>
  db.select({ id: users.id, name: users.name, handle: users.handle, role: users.role, createdAt: users.createdAt }).from(users).as('profiles');

/** People who work here: whom a ticket can be given to. */
export const colleagues = (db: Database) =>
  db
    .select({ id: users.id, name: users.name, handle: users.handle, role: users.role, email: users.email })
    .from(users)
    .where(sql`${users.role} in ('agent', 'csm', 'admin')`)
    .as('colleagues');

/** For signing in only: everything of the person with this address, and how often someone failed lately, by address and by network. */
export const credentialsFor = (db: Database, email: string, keys: string[], since: Date) =>
  db
    .select({ person: users, byAddress: attemptsBy(keys[0]!, since).as('by_address'), byNetwork: attemptsBy(keys[1]!, since).as('by_network') })
    .from(sql`(select 1)`)
    .leftJoin(users, eq(users.email, email));

/** Everyone sees their own record. */
export const ownRecord = (db: Database, viewer: Viewer) =>
  db.select({ id: users.id, email: users.email, createdAt: users.createdAt, importId: users.importId, mailLevel: users.mailLevel }).from(users).where(eq(users.id, viewer.id ?? '')).as('own');

/** Everyone sees their own tokens, never the hash. */
export const ownTokens = (db: Database, viewer: Viewer) =>
  db
    .select({ id: tokens.id, name: tokens.name, scope: tokens.scope, prefix: tokens.prefix, createdAt: tokens.createdAt, expiresAt: tokens.expiresAt, lastUsedAt: tokens.lastUsedAt })
    .from(tokens)
    .where(eq(tokens.userId, viewer.id ?? ''))
    .as('tokens');

/** Admins who can sign in. While there is none, whoever holds the setup link becomes the first. For deciding only. */
export const owners = (db: Database) => db.select({ id: users.id }).from(users).where(and(eq(users.role, 'admin'), isNotNull(users.passwordHash)));

/** Whether this is the demo workspace. */
export const demoSetting = (db: Database) => db.select({ value: settings.value }).from(settings).where(eq(settings.key, 'demo'));

/** The id of the person with this address. For deciding only. */
export const personBy = (db: Database, email: string) => db.select({ id: users.id }).from(users).where(eq(users.email, email));
