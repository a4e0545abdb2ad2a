import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { shutting, staffNeedFactor } from '../people/access.ts';
import { sessions, users } from '../people/schema.ts';
import { triesBy } from '../platform/limits.ts';
import { hashOf } from '../platform/signature.ts';
import type { Viewer } from '../platform/viewer.ts';
import { authenticators, passkeys, recoveryCodes } from './schema.ts';

/** What a person of a query can prove themself by. `typed` is the hash of the recovery code that they typed, if they did. */
const factors = (typed: string) => ({
  secret: sql<string | null>`${authenticators.secret}`.as('sealed'),
  lastStep: sql<number | null>`${authenticators.lastStep}`.as('last_step'),
  recovers: sql<boolean>`exists (select 1 from ${recoveryCodes} where ${recoveryCodes.hash} = ${typed} and ${recoveryCodes.userId} = ${users.id})`.mapWith(Boolean).as('recovers'),
});

const hasPasskey = sql<boolean>`exists (select 1 from ${passkeys} where ${passkeys.userId} = ${users.id})`.mapWith(Boolean);

/**
 * For proving only: the session with this secret, its person, and what they can prove themself by. `missed` counts the wrong codes of all sessions of theirs
 * that waited for a second factor lately; `tries` wrong proofs in this one.
 */
export const proving = (db: Database, secret: string, typed: string, key: string, since: Date) =>
  db
    .select({
      session: sessions, person: users, factors: factors(typed), hasPasskey: hasPasskey.as('has_passkey'), tries: triesBy(key, since).as('tries'),
      missed: sql<number>`(select coalesce(sum(others.tries), 0) from sessions others where others.user_id = ${users.id} and others.created_at > ${since.getTime()})`.as('missed'),
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(authenticators, eq(authenticators.userId, users.id))
    .where(and(eq(sessions.id, hashOf(secret)), gt(sessions.expiresAt, new Date())));

/** Of a session that waits for its second factor, to whom holds its secret: how often a wrong code came, and what its person can show. */
export const waiting = (db: Database, secret: string) =>
  db
    .select({ tries: sessions.tries, hasAuthenticator: sql<boolean>`${authenticators.userId} is not null`.mapWith(Boolean).as('has_authenticator'), hasPasskey: hasPasskey.as('has_passkey') })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(authenticators, eq(authenticators.userId, users.id))
    .where(and(eq(sessions.id, hashOf(secret)), eq(sessions.halfway, true), gt(sessions.expiresAt, new Date())));

/** What is counted of passwords and codes sent together, by key. */
export interface BothKeys {
  pair: string;
  address: string;
}

/** For signing in with password and code at once: the person with this address, what they can prove themself by, and how often someone failed lately. */
export const bothFor = (db: Database, email: string, typed: string, keys: BothKeys, since: Date) =>
  db
    .select({ person: users, decision: shutting, factors: factors(typed), tries: { pair: triesBy(keys.pair, since).as('by_pair'), address: triesBy(keys.address, since).as('by_address') } })
    .from(sql`(select 1)`)
    .leftJoin(users, eq(users.email, email))
    .leftJoin(authenticators, eq(authenticators.userId, users.id));

/** For signing in with a passkey: whose it is, and what its answer is compared with. */
export const passkeyWithOwner = (db: Database, id: string) =>
  db.select({ passkey: passkeys, person: users, decision: shutting }).from(passkeys).innerJoin(users, eq(users.id, passkeys.userId)).where(eq(passkeys.id, id));

/** Everyone sees what they can prove themself by, never what it is made of. */
export const ownStanding = (db: Database, viewer: Viewer) =>
  db
    .select({
      id: users.id, email: users.email, name: users.name, hasPassword: sql<boolean>`${users.passwordHash} is not null`.mapWith(Boolean).as('has_password'), secondFactorAt: users.secondFactorAt,
      authenticatorAt: authenticators.createdAt,
      recoveryLeft: sql<number>`(select count(*) from ${recoveryCodes} where ${recoveryCodes.userId} = ${users.id})`.as('recovery_left'),
      hasPasskey: hasPasskey.as('has_passkey'),
    })
    .from(users)
    .leftJoin(authenticators, eq(authenticators.userId, users.id))
    .where(eq(users.id, viewer.id ?? ''));

/** Everyone sees their own passkeys. */
export const ownPasskeys = (db: Database, viewer: Viewer) =>
  db.select({ id: passkeys.id, name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt }).from(passkeys).where(eq(passkeys.userId, viewer.id ?? '')).as('own_passkeys');

/** Whether staff need a second factor, and whether the viewer has one. */
export const staffRule = (db: Database, viewer: Viewer) =>
  db.select({ was: staffNeedFactor.as('was'), hasFactor: sql<boolean>`${users.secondFactorAt} is not null`.mapWith(Boolean).as('has_factor') }).from(users).where(eq(users.id, viewer.id ?? ''));
