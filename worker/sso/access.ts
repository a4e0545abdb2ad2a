import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { nameFacts } from '../newcomers/access.ts';
import { shutting } from '../people/access.ts';
import { users } from '../people/schema.ts';
import { revisionOf } from '../platform/outbox.ts';
import { settings } from '../platform/schema.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { type HostApp, identities, providers } from './schema.ts';
import type { Word } from './vouched.ts';

/** What anyone may know of the providers that are on: what they are called. */
export const openProviders = (db: Database) => db.select({ slug: providers.slug, name: providers.name, kind: providers.kind }).from(providers).where(eq(providers.isOn, true)).as('open_providers');

/** For signing in only: everything of a provider that is on, its secret sealed. */
export const usableProviders = (db: Database) => db.select().from(providers).where(eq(providers.isOn, true)).as('usable_providers');

const { clientSecret: _, ...shown } = getTableColumns(providers);

/** Who keeps the settings sees every provider, without its secret. */
export const keptProviders = (db: Database, viewer: Viewer) =>
  db.select({ ...shown, revision: revisionOf(sql`${providers}.id`).as('revision') }).from(providers).where(can(viewer, 'settings.manage') ? undefined : sql`0`).as('kept_providers');

const setting = (db: Database, key: string) => db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));

/** How the company's product lets its users in; nothing of it is secret. */
export const hostAppSetting = (db: Database) =>
  db.select({ value: sql<HostApp | null>`${setting(db, 'host_app')}`.mapWith(parsed).as('value'), revision: revisionOf('host-app').as('revision') }).from(sql`(select 1)`);

/** Whether people may sign themselves up. */
export const signUpSetting = (db: Database) => db.select({ isOpen: isSignUpOpen(db).as('is_open'), revision: revisionOf('sign-up').as('revision') }).from(sql`(select 1)`);

const parsed = (value: string | null): HostApp | null => (value === null ? null : JSON.parse(value));

/** Whether people may sign themselves up: they may until somebody says that they may not. */
export const isSignUpOpen = (db: Database) => sql<boolean>`coalesce(${setting(db, 'sign_up_open')}, 'true') = 'true'`.mapWith(Boolean);

/** The account that a word names: by import id, id, domain or name. A domain or name that two have names none. */
const accountNamed = (said: string) => sql<string | null>`coalesce(
  (select id from accounts where import_id = ${said}), (select id from accounts where id = ${said}),
  ${accountOfDomain(said.toLowerCase())}, (select case when count(*) = 1 then min(id) end from accounts where name = ${said} collate nocase))`;

const accountOfDomain = (domain: string) => sql<string | null>`(select case when count(*) = 1 then min(account_id) end from account_domains where domain = ${domain})`;

/** The account that people of a domain come into without being asked. */
const openToDomain = (domain: string) => sql<string | null>`(select id from accounts where id = ${accountOfDomain(domain)} and joining = 'open')`;

/** What letting somebody in is decided on: whom the word means, whether it was used, and where they belong. Always one row. */
export const standingOf = (db: Database, { issuer, subject, email, account, once }: Word) => {
  const known = db.select({ id: identities.userId }).from(identities).where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  const byEmail = db.select({ id: users.id }).from(users).where(eq(users.email, email ?? ''));
  return db
    .select({
      person: users,
      decision: shutting,
      isKnown: sql<boolean>`${known} is not null`.mapWith(Boolean).as('is_known'),
      timesUsed: revisionOf(`sign-in ${once}`).as('times_used'),
      account: { id: accounts.id, plan: accounts.plan },
      domainAccount: openToDomain(email?.split('@').at(-1) ?? '').as('domain_account'),
      isSignUpOpen: isSignUpOpen(db).as('is_sign_up_open'),
      ...nameFacts,
    })
    .from(sql`(select 1)`)
    .leftJoin(users, eq(users.id, sql`coalesce(${known}, ${byEmail})`))
    .leftJoin(accounts, eq(accounts.id, accountNamed(account ?? '')));
};
