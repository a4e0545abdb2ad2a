import { and, eq, gt, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { triesBy } from '../platform/limits.ts';
import type { Scopes } from '../platform/permissions.ts';
import { settings } from '../platform/schema.ts';
import { hashOf } from '../platform/signature.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { customRoles, sessions, tokens, users } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Where a custom role counts now: in the categories it was given and in all below them. */
export const scopesInForce = sql<Scopes | null>`case when ${customRoles.scopes} -> '$.categories' is null then ${customRoles.scopes} else json_set(${customRoles.scopes}, '$.categories', json((with recursive place (id) as (select value from json_each(${customRoles.scopes}, '$.categories') union select below.id from place join categories below on below.parent_id = place.id) select json_group_array(id) from place))) end`.mapWith(customRoles.scopes);

/** What anyone may know of someone who wrote something. */
export const authors = (db: Database, alias = 'authors') =>
  slim({ id: users.id, name: users.name, handle: users.handle, role: users.role }, (columns) => db.select(columns).from(users).as(alias));

/** What of those who wrote something decides whose words theirs are: role and account. For deciding only. */
export const standings = (db: Database) => db.select({ id: users.id, role: users.role, accountId: users.accountId }).from(users).as('standings');

/** What anyone may know of a person. Of who is new and not looked at yet, nothing but to themself and to moderators. */
export const profiles = (db: Database, viewer: Viewer) =>
  db
    .select({ id: users.id, name: users.name, handle: users.handle, role: users.role, createdAt: users.createdAt })
    .from(users)
    .where(can(viewer, 'forum.moderate') ? undefined : or(eq(users.id, viewer.id ?? ''), sql`not exists (select 1 from newcomers where user_id = users.id and status <> 'approved')`))
    .as('profiles');

/** Whether somebody is away from the desk now. Whoever hands tickets out by itself asks this first. */
const isAway = sql<boolean>`(${users.awayAt} is not null and coalesce(${users.awayUntil} > unixepoch() * 1000, 1))`.mapWith(Boolean);

/** People who work here: whom a ticket can be given to. */
export const colleagues = (db: Database) =>
  db
    .select({ id: users.id, name: users.name, handle: users.handle, role: users.role, email: users.email, isAway: isAway.as('is_away'), awayUntil: users.awayUntil })
    .from(users)
    .where(sql`${users.role} in ('agent', 'csm', 'admin')`)
    .as('colleagues');

/** What is counted of wrong passwords, by key. */
export interface SignInKeys {
  /** The address as tried from this network. */
  pair: string;
  network: string;
  address: string;
  /** The address as tried from this browser, in case it is known. */
  device: string;
}

/** The decision that somebody is suspended by. */
export interface Decision {
  id: string;
  code: string;
  words: string;
}

/** The same of the person of a query, as a column of it. For letting in only. */
export const shutting = sql<Decision | null>`(select json_object('id', s.id, 'code', s.kinds ->> 0, 'words', s.words) from statements_of_reasons s where s.user_id = users.id and s.action = 'suspended' and s.withdrawn_at is null order by s.created_at desc limit 1)`.mapWith(JSON.parse).as('decision') as SQL.Aliased<Decision | null>;

/** For signing in only: everything of the person with this address, and how often someone failed lately. */
export const credentialsFor = (db: Database, email: string, keys: SignInKeys, since: Date) =>
  db
    .select({
      person: users,
      decision: shutting,
      tries: { pair: triesBy(keys.pair, since).as('by_pair'), network: triesBy(keys.network, since).as('by_network'), address: triesBy(keys.address, since).as('by_address'), device: triesBy(keys.device, since).as('by_device') },
    })
    .from(sql`(select 1)`)
    .leftJoin(users, eq(users.email, email));

/** Whether those who work here need a second factor. */
export const staffNeedFactor = sql<boolean>`coalesce((select value = 'true' from settings where key = 'staff_second_factor'), 0)`.mapWith(Boolean);

/** Everyone sees the sessions in which they are signed in, by a handle that opens nothing. `current` is the secret of the one they look with. */
export const ownSessions = (db: Database, viewer: Viewer, current: string) =>
  db
    .select({
      handle: sql<string>`substr(${sessions.id}, 1, 24)`.as('handle'), isThis: sql<boolean>`${sessions.id} = ${hashOf(current)}`.mapWith(Boolean).as('is_this'),
      device: sessions.device, place: sessions.place, createdAt: sessions.createdAt, seenAt: sessions.seenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, viewer.id ?? ''), eq(sessions.halfway, false), gt(sessions.expiresAt, sql`${Date.now()}`)))
    .as('own_sessions');

/** For changing one's password: what is compared with the old one, the session with this secret, and how often a wrong one was given. */
export const ownPassword = (db: Database, viewer: Viewer, secret: string, key: string, since: Date) =>
  db.select({ person: users, proofs: sessions.proofs, tries: triesBy(key, since).as('tries') }).from(users).innerJoin(sessions, eq(sessions.userId, users.id)).where(and(eq(users.id, viewer.id ?? ''), eq(sessions.id, hashOf(secret))));

/** Everyone sees their own record. */
export const ownRecord = (db: Database, viewer: Viewer) =>
  db.select({ id: users.id, email: users.email, createdAt: users.createdAt, importId: users.importId }).from(users).where(eq(users.id, viewer.id ?? '')).as('own');

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

/** Everybody, as who may see people sees them: never the hash of a password. */
export const visiblePeople = (db: Database, viewer: Viewer) =>
  db
    .select({
      id: users.id, email: users.email, name: users.name, handle: users.handle, role: users.role, roleId: users.roleId, accountId: users.accountId, accountRole: users.accountRole, locale: users.locale, timeZone: users.timeZone,
      secondFactorAt: users.secondFactorAt, verifiedAt: users.verifiedAt, suspendedAt: users.suspendedAt, suspendedUntil: users.suspendedUntil, anonymisedAt: users.anonymisedAt, createdAt: users.createdAt, importId: users.importId,
    })
    .from(users)
    .where(can(viewer, 'people.see') ? undefined : sql`0`)
    .as('people');

/** Custom roles, beside the people who have them. */
export const rolesOfPeople = (db: Database) => db.select({ id: customRoles.id, name: customRoles.name, permissions: customRoles.permissions }).from(customRoles).as('role');

/** Whether anybody but this person is an admin who can sign in, as a column of any query. */
export const otherAdmins = (db: Database, id: { getSQL(): unknown }) =>
  sql<boolean>`exists ${db.select({ id: users.id }).from(users).where(and(eq(users.role, 'admin'), isNull(users.suspendedAt), or(isNotNull(users.verifiedAt), isNotNull(users.passwordHash)), sql`${users.id} <> ${id}`))}`.mapWith(Boolean);
