import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { aside } from '../platform/room.ts';
import { turnsOf } from '../platform/turns.ts';

const scrypt = promisify(scryptWithCallback) as (password: string, salt: Buffer, length: number, options: { N: number; r: number; p: number }) => Promise<Buffer>;

/** One of OWASP's scrypt settings, the one that fits a worker's memory: 16 MB. */
const COST = { N: 2 ** 14, r: 8, p: 5 };
const LENGTH = 32;

/** A hash takes the whole worker for a part of a second. When many people sign in at once, it answers everybody else between two. */
const turns = turnsOf({ room: 1, patience: 20_000, gone: 5_000, rest: 25, words: 'Many people sign in at this moment. Try again in a minute.' });
const alone = <Result>(work: () => Promise<Result>) => aside(() => turns(1, work));

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await alone(() => scrypt(password.normalize('NFKC'), salt, LENGTH, COST));
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(LENGTH).toString('base64url')}`;

/** Costs the same whether or not there is a hash to compare with, so that time tells nobody which addresses have an account. */
export async function passwordFits(password: string, stored: string | null | undefined): Promise<boolean> {
  const [, N, r, p, salt, hash] = (stored ?? NOBODY).split('$');
  const expected = Buffer.from(hash!, 'base64url');
  const actual = await alone(() => scrypt(password.normalize('NFKC'), Buffer.from(salt!, 'base64url'), expected.length, { N: Number(N), r: Number(r), p: Number(p) }));
  return timingSafeEqual(actual, expected) && stored != null;
}
