import { randomBytes } from 'node:crypto';
import type { DomainEvent } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { hashOf, signed, unsigned } from '../platform/signature.ts';

/** Seconds in which a passkey has to answer. */
const LIFE = 300;

export const challengeName = (https: boolean) => (https ? '__Host-stoa_challenge' : 'stoa_challenge');

/** What a challenge is for: signing in with it makes no passkey, nor the other way round. One for making is bound to the session. */
export const toEnter = 'enter';
export const toMake = (session: string) => `make ${hashOf(session)}`;

/** A challenge for a passkey (256 bits, base64url), and the cookie that binds it to the browser: we keep nothing. */
export function newChallenge(secret: string, purpose: string, https: boolean, now = Date.now()): { challenge: string; cookie: string } {
  const challenge = randomBytes(32).toString('base64url');
  const value = signed(secret, `passkey ${purpose}`, `${challenge} ${now + LIFE * 1000}`);
  return { challenge, cookie: `${challengeName(https)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${LIFE}${https ? '; Secure' : ''}` };
}

/** The challenge that a browser was given for this, and the event that lets only one commit use it. Throws `invalid` when it is too old or another's. */
export function challengeIn(secret: string, purpose: string, cookie: string | undefined, now: Date): { challenge: string; used: DomainEvent } {
  const [challenge, until] = unsigned(secret, `passkey ${purpose}`, cookie)?.split(' ') ?? [];
  if (!challenge || Number(until) < now.getTime()) throw new Refusal('invalid', 'The passkey took too long to answer. Try again.');
  return { challenge, used: { type: 'challenge.used', subject: `challenge ${hashOf(challenge).slice(0, 32)}`, revision: 1, data: {} } };
}
