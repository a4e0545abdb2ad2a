import { randomBytes, randomInt } from 'node:crypto';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import { hashOf } from '../platform/signature.ts';
import { oneTimeSecrets, type Purpose } from './schema.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Milliseconds each lives. */
export const LIFE: Record<Purpose, number> = { verify: DAY, reset: 30 * MINUTE, code: 10 * MINUTE, invite: 7 * DAY, export: DAY, email: DAY };

/** How often a code may be tried. */
export const TRIES = 5;

interface Wish {
  purpose: Purpose;
  address: string;
  userId?: string | null;
  data?: Record<string, unknown>;
}

/** SHA-256 of what a link carries. */
export const hashOfLink = (purpose: Purpose, secret: string) => hashOf(`${purpose} ${secret}`);

/** SHA-256 of a six-digit code: bound to the address it was sent to and to the browser that asked for it, since six digits are few. */
export const hashOfCode = (address: string, browser: string, code: string) => hashOf(`code ${address} ${browser} ${code}`);

/** A new link's secret (192 bits, for the address bar), and the statement that keeps its hash. */
export function newSecret(db: Database, { now }: Pick<Setting, 'now'>, wish: Wish): { secret: string; statement: Writing } {
  const secret = randomBytes(24).toString('base64url');
  return { secret, statement: kept(db, now, hashOfLink(wish.purpose, secret), wish) };
}

/** A new six-digit code and the statement that keeps its hash. */
export function newCode(db: Database, { now }: Pick<Setting, 'now'>, browser: string, wish: Omit<Wish, 'purpose'>): { code: string; statement: Writing } {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  return { code, statement: kept(db, now, hashOfCode(wish.address, browser, code), { ...wish, purpose: 'code' }) };
}

const kept = (db: Database, now: Date, hash: string, { purpose, address, userId = null, data = {} }: Wish) =>
  db.insert(oneTimeSecrets).values({ hash, purpose, address, userId, data, createdAt: now, expiresAt: new Date(now.getTime() + LIFE[purpose]) });

/** What a secret opens, while it does: not used, not too old, not tried too often. */
export const openedBy = (db: Database, hash: string, now: Date) =>
  db.select().from(oneTimeSecrets).where(and(eq(oneTimeSecrets.hash, hash), gt(oneTimeSecrets.expiresAt, now), lt(oneTimeSecrets.attempts, TRIES)));

/** Uses a secret up: the statement that forgets it, and the event that lets only one commit of two do so. */
export const usedUp = (db: Database, hash: string): { statement: Writing; event: DomainEvent } => ({
  statement: db.delete(oneTimeSecrets).where(eq(oneTimeSecrets.hash, hash)),
  event: { type: 'secret.used', subject: `secret ${hash.slice(0, 32)}`, revision: 1, data: {} },
});

/** The statement that counts a wrong code against every code of that address. */
export const missed = (db: Database, address: string) => db.update(oneTimeSecrets).set({ attempts: sql`attempts + 1` }).where(and(eq(oneTimeSecrets.address, address), eq(oneTimeSecrets.purpose, 'code')));
