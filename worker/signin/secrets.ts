import { randomBytes, randomInt } from 'node:crypto';
import { and, eq, gt, lt } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import { hashOf } from '../platform/signature.ts';
import { MINUTE } from '../platform/time.ts';
import { oneTimeSecrets, type Purpose } from './schema.ts';

export type { Purpose };

const DAY = 24 * 60 * MINUTE;

/** Milliseconds each lives. */
export const LIFE: Record<Purpose, number> = { verify: DAY, reset: 30 * MINUTE, code: 10 * MINUTE, invite: 7 * DAY, export: DAY, email: DAY, proof: 15 * MINUTE };

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

/** SHA-256 of six digits that let one form pass: bound to when the form was drawn, and to who sends it, by id, or to a visitor’s address. */
export const hashOfProof = (drawn: number, who: string, code: string) => hashOf(`proof ${who} ${drawn} ${code}`);

/** A kept secret: what only its reader gets, and what of it we keep. */
export interface Kept {
  secret: string;
  hash: string;
  statement: Writing;
}

/** SHA-256 of what a link carries that opens in one browser only. */
export const hashOfBrowserLink = (browser: string, secret: string) => hashOfLink('code', `${browser} ${secret}`);

/** A new link's secret (192 bits, for the address bar), and the statement that keeps its hash. */
export function newSecret(db: Database, { now }: Pick<Setting, 'now'>, wish: Wish): Kept {
  const secret = randomBytes(24).toString('base64url');
  const hash = hashOfLink(wish.purpose, secret);
  return { secret, hash, statement: kept(db, now, hash, wish) };
}

/** A new link for the browser that asks. */
export function newBrowserLink(db: Database, { now }: Pick<Setting, 'now'>, browser: string, wish: Omit<Wish, 'purpose'>): Kept {
  const secret = randomBytes(24).toString('base64url');
  const hash = hashOfBrowserLink(browser, secret);
  return { secret, hash, statement: kept(db, now, hash, { ...wish, purpose: 'code' }) };
}

/** A new six-digit code, bound to the browser that asked for it, and the statement that keeps its hash. */
export function newCode(db: Database, { now }: Pick<Setting, 'now'>, browser: string, wish: Omit<Wish, 'purpose'>): Kept {
  const secret = digits();
  const hash = hashOfCode(wish.address, browser, secret);
  return { secret, hash, statement: kept(db, now, hash, { ...wish, purpose: 'code' }) };
}

/** New digits for one form, and the statement that keeps their hash. */
export function newProof(db: Database, { now }: Pick<Setting, 'now'>, { drawn, who, address }: { drawn: number; who: string; address: string }): Kept {
  const secret = digits();
  const hash = hashOfProof(drawn, who, secret);
  return { secret, hash, statement: kept(db, now, hash, { purpose: 'proof', address }) };
}

const digits = () => String(randomInt(1_000_000)).padStart(6, '0');

const kept = (db: Database, now: Date, hash: string, { purpose, address, userId = null, data = {} }: Wish) =>
  db
    .insert(oneTimeSecrets)
    .values({ hash, purpose, address, userId, data, createdAt: now, expiresAt: new Date(now.getTime() + LIFE[purpose]) })
    .onConflictDoNothing();

/** What a secret opens, while it does: not used, not too old, not tried too often. */
export const openedBy = (db: Database, hash: string, now: Date) =>
  db.select().from(oneTimeSecrets).where(stillOpens(hash, now));

/** The condition that a secret still opens something. */
export const stillOpens = (hash: string, now: Date) => and(eq(oneTimeSecrets.hash, hash), gt(oneTimeSecrets.expiresAt, now), lt(oneTimeSecrets.attempts, TRIES));

/** Uses a secret up: the statement that forgets it, and the event that lets only one commit of two do so. */
export const usedUp = (db: Database, hash: string): { statement: Writing; event: DomainEvent } => ({
  statement: db.delete(oneTimeSecrets).where(eq(oneTimeSecrets.hash, hash)),
  event: spent(hash),
});

/** The event that only one commit can announce of a secret, or of a pair of them. */
export const spent = (mark: string): DomainEvent => ({ type: 'secret.used', subject: `secret ${mark.slice(0, 32)}`, revision: 1, data: {} });

/** The statement that forgets every secret of a purpose that went to an address. */
export const allUsedUp = (db: Database, purpose: Purpose, address: string): Writing => db.delete(oneTimeSecrets).where(and(eq(oneTimeSecrets.address, address), eq(oneTimeSecrets.purpose, purpose)));

/** Whether it was this browser that asked, by the hash that was kept of it. */
export const isFrom = (browser: string, keptHash: string) => keptHash === hashOf(browser);
