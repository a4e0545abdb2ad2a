import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import type { Role } from '../platform/permissions.ts';
import { moment } from '../platform/schema.ts';

export const kinds = ['oidc', 'github'] as const;
export const audiences = ['customers', 'staff', 'both'] as const;

/** Those who may say who somebody is: issuers of OpenID Connect, and GitHub. */
export const providers = sqliteTable('sign_in_providers', {
  id: text().primaryKey(),
  /** Its place in our addresses: `/sign-in/with/<slug>`. */
  slug: text().notNull().unique(),
  name: text().notNull(),
  kind: text({ enum: kinds }).notNull(),
  /** For GitHub the address of its site. */
  issuer: text().notNull(),
  clientId: text().notNull(),
  /** As `sealed` keeps it. */
  clientSecret: text().notNull(),
  /** For whom it speaks. It makes nobody staff when it is for customers. */
  audience: text({ enum: audiences }).notNull().default('customers'),
  /** What is asked for besides `openid email profile`, with spaces between. */
  scopes: text().notNull().default(''),
  /** The claim that names groups, and which role each gives. */
  roleClaim: text(),
  roles: text({ mode: 'json' }).$type<Record<string, Exclude<Role, 'visitor'>>>().notNull().default({}),
  /** The claim that names an account: its import id, id, domain or name. */
  accountClaim: text(),
  /** Every address it gives counts as proved, even where it does not say so. */
  trustsEmail: integer({ mode: 'boolean' }).notNull().default(false),
  joinsByDomain: integer({ mode: 'boolean' }).notNull().default(true),
  isOn: integer({ mode: 'boolean' }).notNull().default(true),
  createdAt: moment().notNull(),
});

/** Whom an issuer means by a subject: later sign-ins go by this, whatever becomes of the address. */
export const identities = sqliteTable(
  'identities',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] })],
);

/** How the company's own product lets its users in: the value of the setting `host_app`. */
export interface HostApp {
  isOn: boolean;
  /** Origin of the product: forms sent from there sign in at once. */
  origin: string | null;
  /** Where its public keys are, if it signs with RS256 or ES256. */
  jwks: string | null;
  /** Whether an account that nobody knows is made. */
  makesAccounts: boolean;
  /** Shared secrets, newest first; each is `hostAppSecret` of its id. Times in milliseconds since 1970. */
  keys: { id: string; createdAt: number; endsAt: number | null }[];
}
