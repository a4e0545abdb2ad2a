import { randomBytes, scryptSync } from 'node:crypto';

const COST = { N: 2, r: 1, p: 1 };

/** A hash of a password like those of people, at hardly any cost, for tests in which somebody only has to come in. */
export function cheapHash(password: string): string {
  const salt = randomBytes(16);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), scryptSync(password, salt, 32, COST).toString('base64url')].join('$');
}
