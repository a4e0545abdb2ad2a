import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { permitted } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { accounts } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Who may see accounts sees every one; customers see none as a record. */
export const visibleAccounts = (db: Database, viewer: Viewer) =>
  slim(
    getTableColumns(accounts),
    (columns) => db.select(columns).from(accounts).where(can(viewer, 'accounts.see') ? undefined : sql`0`).as('accounts'),
  );

/** Most accounts that are looked at of those whose names begin as typed: any of them may be the greatest. */
const MOST = 10_000;

/** Ids of accounts by FTS5 over their names and domains. Who may see them is for `visibleAccounts` to say. */
export const accountsNamed = (match: string): SQL => sql`(select account from account_names where account_names match ${match} limit ${sql.raw(String(MOST))})`;

/** Who keeps the accounts. */
export const accountWriters = permitted('accounts.change');

/** The people of an account, for who may see people. The `+` keeps the planner from walking all customers there are: an account's own index is the one to take. */
export const visibleContacts = (db: Database, viewer: Viewer) =>
  slim(
    { id: users.id, name: users.name, handle: users.handle, email: users.email, role: users.role, accountId: users.accountId, accountRole: users.accountRole, locale: users.locale },
    (columns) => db.select(columns).from(users).where(can(viewer, 'people.see') ? sql`+${users.role} = 'customer'` : sql`0`).as('contacts'),
  );
