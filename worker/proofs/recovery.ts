import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Setting, Writing } from '../platform/operation.ts';
import { hashOf } from '../platform/signature.ts';
import { recoveryCodes } from './schema.ts';

/** Without letters and digits that look alike: 16 of them are 79 bits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const [CODES, LENGTH] = [10, 16];

const newCode = () => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('').replace(/.{4}(?=.)/g, '$&-');

/** SHA-256 of a recovery code, however it was typed. */
export const hashOfRecovery = (typed: string) => hashOf(`recovery ${typed.toLowerCase().replace(/[^a-z0-9]/g, '')}`);

/** Ten new recovery codes instead of those there were. They are shown now and never again. */
export function newRecoveryCodes({ db, now }: Pick<Setting, 'db' | 'now'>, person: string): { codes: string[]; statements: Writing[] } {
  const codes = Array.from({ length: CODES }, newCode);
  const rows = codes.map((code) => ({ hash: hashOfRecovery(code), userId: person, createdAt: now }));
  return { codes, statements: [db.delete(recoveryCodes).where(eq(recoveryCodes.userId, person)), db.insert(recoveryCodes).values(rows)] };
}
