import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { mails } from '../mail/schema.ts';
import { customRoles, users } from '../people/schema.ts';
import { either, permitted } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { accountAdmins } from '../members/access.ts';
import { oneTimeSecrets } from '../signin/schema.ts';
import { INVITATION } from './emails.ts';
import { invitations } from './schema.ts';

/** Who invites: into the account of the invitation, or anywhere. What they may give, `mayGive` says. */
export const inviters = either<{ accountId: string | null }>(accountAdmins, permitted('accounts.change'), permitted('people.manage'));

/** Who keeps people or accounts sees every invitation, account admins those into their account. */
export const visibleInvitations = (db: Database, viewer: Viewer) => {
  const own = viewer.accountRole === 'admin' ? viewer.accountId : null;
  const all = can(viewer, 'people.manage') || can(viewer, 'accounts.change');
  return db
    .select({
      id: invitations.id, email: invitations.email, name: invitations.name, role: invitations.role, roleId: invitations.roleId, accountId: invitations.accountId, accountRole: invitations.accountRole, locale: invitations.locale,
      createdAt: invitations.createdAt, expiresAt: invitations.expiresAt, acceptedAt: invitations.acceptedAt, revokedAt: invitations.revokedAt,
    })
    .from(invitations)
    .where(all ? undefined : own ? eq(invitations.accountId, own) : sql`0`)
    .as('invitations');
};

/** Names of accounts and roles, beside the invitations into them. */
export const accountNames = (db: Database) => db.select({ id: accounts.id, name: accounts.name }).from(accounts).as('account');
export const roleFacts = (db: Database) => db.select({ id: customRoles.id, name: customRoles.name, permissions: customRoles.permissions }).from(customRoles).as('role');

interface Wanted {
  email: string;
  account: string;
  role: string;
  since: Date;
}

/** How many mails of invitations an address was sent since then, as a column of any query. */
export const mailsTo = (db: Database, address: string | { getSQL(): SQL }, since: Date) =>
  sql<number>`${db.select({ count: sql`count(*)` }).from(mails).where(and(sql`${mails.toAddress} = ${address}`, gt(mails.createdAt, since), eq(mails.purpose, INVITATION)))}`;

/** What inviting somebody is decided on: who has the address, the account and role that were chosen, and how often the address was invited, and the viewer invited, since then. For deciding only. */
export const wantedFacts = (db: Database, viewer: Viewer, { email, account, role, since }: Wanted) => {
  const counted = (which: SQL | undefined) => sql<number>`${db.select({ count: sql`count(*)` }).from(invitations).where(and(which, gt(invitations.createdAt, since)))}`;
  const person = db.select({ id: users.id, accountId: users.accountId, verifiedAt: users.verifiedAt }).from(users).where(eq(users.email, email)).as('person');
  return db
    .select({ personId: person.id, belongsTo: person.accountId, verifiedAt: person.verifiedAt, accountId: accounts.id, accountName: accounts.name, base: customRoles.base, permissions: customRoles.permissions, byAddress: counted(eq(invitations.email, email)).as('by_address'), byInviter: counted(eq(invitations.invitedBy, viewer.id ?? '')).as('by_inviter') })
    .from(sql`(select 1)`)
    .leftJoin(person, sql`1`)
    .leftJoin(accounts, sql`${accounts.id} = (select id from accounts where id = ${account} union all select id from accounts where name = ${account} collate nocase limit 1)`)
    .leftJoin(customRoles, eq(customRoles.id, role));
};

/** The same for many at once, as JSON lists. For deciding only. */
export const factsOfMany = (db: Database, { emails, named, roleNames, since }: { emails: string[]; named: string[]; roleNames: string[]; since: Date }) => {
  const among = (list: string[]) => sql`(select value from json_each(${JSON.stringify(list)}))`;
  return db
    .select({
      here: sql<string>`(select json_group_array(email) from users where email in ${among(emails)} and verified_at is not null)`.as('here'),
      accounts: sql<string>`(select json_group_array(json_object('id', id, 'name', name)) from accounts where id in (select id from accounts where name collate nocase in ${among(named)} union select id from accounts where id in ${among(named)}))`.as('found_accounts'),
      roles: sql<string>`(select json_group_array(json_object('id', id, 'name', name, 'base', base, 'permissions', json(permissions))) from roles where name in ${among(roleNames)})`.as('found_roles'),
      lately: sql<string>`(select json_group_array(email) from invitations where email in ${among(emails)} and created_at > ${since.getTime()})`.as('lately'),
    })
    .from(sql`(select 1)`);
};

/** What the link with this hash opens, while it does: the invitation, who it is for, and what the one who gave it may give now. For deciding, and for the one who holds the link. */
export const behindLink = (db: Database, hash: string, now: Date) => {
  const [inviter, theirs, person] = [alias(users, 'inviter'), alias(customRoles, 'theirs'), alias(users, 'person')];
  return db
    .select({
      id: invitations.id, email: invitations.email, name: invitations.name, role: invitations.role, roleId: invitations.roleId, accountId: invitations.accountId, accountRole: invitations.accountRole, locale: invitations.locale,
      accountName: accounts.name, roleName: customRoles.name, permissions: customRoles.permissions, person, inviter, inviterPermissions: theirs.permissions,
      revision: sql<number>`(select coalesce(max(revision), 0) from outbox where subject = ${person.id})`.as('revision'),
    })
    .from(oneTimeSecrets)
    .innerJoin(invitations, sql`${invitations.id} = ${oneTimeSecrets.data} ->> 'invitation'`)
    .leftJoin(accounts, eq(accounts.id, invitations.accountId))
    .leftJoin(customRoles, eq(customRoles.id, invitations.roleId))
    .leftJoin(inviter, eq(inviter.id, invitations.invitedBy))
    .leftJoin(theirs, eq(theirs.id, inviter.roleId))
    .leftJoin(person, eq(person.email, invitations.email))
    .where(and(eq(oneTimeSecrets.hash, hash), gt(oneTimeSecrets.expiresAt, now), isNull(invitations.revokedAt), isNull(invitations.acceptedAt)));
};
