import { and, eq, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { isFreeMail } from '../platform/free-mail.ts';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { either, permitted, rule } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { accountContacts, accountDomains, joinRequests } from './schema.ts';

const nothing = sql`0`;

/** The account whose people this viewer keeps: their own, if they are its admin. */
const kept = (viewer: Viewer) => (viewer.accountRole === 'admin' ? viewer.accountId : null);

/** Accounts whose people the viewer may see: all for staff who may, their own for its admins. */
const sight = (viewer: Viewer, column: { getSQL(): unknown }) => {
  if (can(viewer, 'people.see') && can(viewer, 'accounts.see')) return undefined;
  const own = kept(viewer);
  return own ? sql`${column} = ${own}` : nothing;
};

export const accountAdmins = rule<{ accountId: string | null }>('admins of the account', (viewer, { accountId }) => accountId !== null && accountId === kept(viewer));

/** Who lets people into an account and out of it. */
export const keepers = either<{ accountId: string | null }>(accountAdmins, permitted('accounts.change'));

/** The account that the viewer acts for, as its members see it. */
export const ownAccount = (db: Database, viewer: Viewer) =>
  db.select({ id: accounts.id, name: accounts.name, domains: accounts.domains, joining: accounts.joining }).from(accounts).where(eq(accounts.id, viewer.accountId ?? '')).as('own_account');

/** Customers who act for an account. The `+` keeps the planner from walking all customers there are. */
export const visibleMembers = (db: Database, viewer: Viewer) =>
  db
    .select({ id: users.id, name: users.name, handle: users.handle, email: users.email, accountId: users.accountId, accountRole: users.accountRole, verifiedAt: users.verifiedAt, suspendedAt: users.suspendedAt })
    .from(users)
    .where(and(sql`+${users.role} = 'customer'`, sight(viewer, users.accountId)))
    .as('members');

/** People who belong to an account besides the one they act for. */
export const visibleContacts = (db: Database, viewer: Viewer) =>
  db
    .select({ id: users.id, name: users.name, handle: users.handle, email: users.email, accountId: accountContacts.accountId, accountRole: accountContacts.accountRole, createdAt: accountContacts.createdAt })
    .from(accountContacts)
    .innerJoin(users, eq(users.id, accountContacts.userId))
    .where(sight(viewer, accountContacts.accountId))
    .as('contacts');

/** For members: who runs their account, by name and handle. */
export const adminsOfOwn = (db: Database, viewer: Viewer) =>
  db.select({ name: users.name, handle: users.handle }).from(users).where(and(eq(users.accountId, viewer.accountId ?? ''), eq(users.accountRole, 'admin'), sql`+${users.role} = 'customer'`)).as('account_admins');

/** Who waits to be let into an account: for those who see its people. */
export const visibleRequests = (db: Database, viewer: Viewer) =>
  db
    .select({ userId: joinRequests.userId, accountId: joinRequests.accountId, accountName: sql<string>`${accounts.name}`.as('account_name'), createdAt: joinRequests.createdAt, name: users.name, handle: users.handle, email: users.email, locale: users.locale })
    .from(joinRequests)
    .innerJoin(users, eq(users.id, joinRequests.userId))
    .innerJoin(accounts, eq(accounts.id, joinRequests.accountId))
    .where(sight(viewer, joinRequests.accountId))
    .as('requests');

/** The viewer's own request, while it waits. */
export const ownRequest = (db: Database, viewer: Viewer) =>
  db.select({ accountId: joinRequests.accountId, accountName: accounts.name, createdAt: joinRequests.createdAt }).from(joinRequests).innerJoin(accounts, eq(accounts.id, joinRequests.accountId)).where(eq(joinRequests.userId, viewer.id ?? '')).as('own_request');

/** The other accounts of the viewer. */
export const ownContacts = (db: Database, viewer: Viewer) =>
  db.select({ id: accounts.id, name: accounts.name, accountRole: accountContacts.accountRole }).from(accountContacts).innerJoin(accounts, eq(accounts.id, accountContacts.accountId)).where(eq(accountContacts.userId, viewer.id ?? '')).as('own_contacts');

/** Accounts that a verified customer without one may join, since their address is of its domain. The domain decides: providers for anybody are sorted out by `isCompanys`. */
export const joinable = (db: Database, viewer: Viewer) =>
  db
    .select({ id: accounts.id, name: accounts.name, joining: accounts.joining, domain: accountDomains.domain, revision: sql<number>`(select coalesce(max(revision), 0) from outbox where subject = ${users.id})`.as('revision') })
    .from(users)
    .innerJoin(accountDomains, eq(accountDomains.domain, sql`substr(${users.email}, instr(${users.email}, '@') + 1)`))
    .innerJoin(accounts, eq(accounts.id, accountDomains.accountId))
    .where(and(eq(users.id, viewer.id ?? ''), eq(users.role, 'customer'), isNotNull(users.verifiedAt), isNull(users.accountId), ne(accounts.joining, 'off')))
    .as('joinable');

/** Whether a domain can be a company's. */
export const isCompanys = ({ domain }: { domain: string }) => !isFreeMail(domain);

/** Somebody beside an account that the viewer keeps, whichever way they belong to it. For deciding only. */
export const seatsSeen = (db: Database, viewer: Viewer, accountId: string, person: string) => seats(db, accountId, person, sight(viewer, accounts.id));

/** Somebody beside an account. For deciding only, about oneself. */
export const seats = (db: Database, accountId: string, person: string, seen?: SQL) =>
  db
    .select({
      id: users.id, role: users.role, primaryId: users.accountId, primaryRole: users.accountRole, accountId: accounts.id, accountName: accounts.name, contactRole: accountContacts.accountRole, email: users.email, locale: users.locale,
      asked: sql<boolean>`exists (select 1 from ${joinRequests} where ${joinRequests.userId} = ${users.id} and ${joinRequests.accountId} = ${accounts.id})`.mapWith(Boolean).as('asked'),
      revision: sql<number>`(select coalesce(max(revision), 0) from outbox where subject = ${users.id})`.as('revision'),
    })
    .from(users)
    .innerJoin(accounts, eq(accounts.id, accountId))
    .leftJoin(accountContacts, and(eq(accountContacts.userId, users.id), eq(accountContacts.accountId, accounts.id)))
    .where(seen === nothing ? nothing : and(sql`${users.id} = (select id from users where id = ${person} union all select id from users where email = ${person.toLowerCase()} limit 1)`, seen));
