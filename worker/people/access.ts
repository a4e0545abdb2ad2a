import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { settings } from '../platform/schema.ts';
import { signInAttempts, users } from './schema.ts';

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
export const credentialsFor = (db: Database, email: string, keys: string[], since: Date) => {
  const failures = (key: string) => sql<number>`(select count(*) from ${signInAttempts} where ${sql.identifier('key')} = ${key} and ${sql.identifier('at')} > ${since.getTime()})`;
  return db
    .select({ person: users, byAddress: failures(keys[0]!).as('by_address'), byNetwork: failures(keys[1]!).as('by_network') })
    .from(sql`(select 1)`)
    .leftJoin(users, eq(users.email, email));
};

/** Whether this is the demo workspace. */
export const demoSetting = (db: Database) => db.select({ value: settings.value }).from(settings).where(eq(settings.key, 'demo'));
