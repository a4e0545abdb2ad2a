import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

/** The other accounts that somebody belongs to, besides the one they act for (`users.account_id`). */
export const accountContacts = sqliteTable(
  'account_contacts',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    accountId: text().notNull().references(() => accounts.id, { onDelete: 'cascade' }),
    accountRole: text({ enum: ['member', 'admin'] }).notNull().default('member'),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.accountId] })],
);

/** People whose address is of an account's domain and who wait to be let in: one request a person. */
export const joinRequests = sqliteTable('join_requests', {
  userId: text().primaryKey().references(() => users.id, { onDelete: 'cascade' }),
  accountId: text().notNull().references(() => accounts.id, { onDelete: 'cascade' }),
  createdAt: moment().notNull(),
});

/** Which account a domain belongs to. The database keeps it beside `accounts.domains`. */
export const accountDomains = sqliteTable('account_domains', {
  domain: text().notNull(),
  accountId: text().notNull().references(() => accounts.id, { onDelete: 'cascade' }),
});
