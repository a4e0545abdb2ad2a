import { randomBytes } from 'node:crypto';
import { createTOTPKeyURI, verifyHOTP } from '@oslojs/otp';
import { renderSVG } from 'uqr';
import { sealed, unsealed } from '../platform/sealed.ts';

/** As every app takes for granted (RFC 6238): SHA-1, 160 bits, six digits, a new code every 30 seconds. */
const [BYTES, DIGITS, SECONDS] = [20, 6, 30];
/** Clocks differ: the codes of so many steps before and after count too. */
const DRIFT = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const isTotp = (code: string) => /^\d{6}$/.test(code);

const purposeOf = (person: string) => `authenticator ${person}`;

/** A new secret, sealed for this person. */
export const newAuthenticator = (secret: string, person: string) => sealed(secret, purposeOf(person), randomBytes(BYTES));

/** The step whose code this is, counted since 1970, or undefined when it is none of now; always undefined for what was not sealed for this person. */
export function stepOf(secret: string, person: string, seal: string, code: string, now: Date): number | undefined {
  const key = unsealed(secret, purposeOf(person), seal);
  if (!key || !isTotp(code)) return undefined;
  const current = Math.floor(now.getTime() / 1000 / SECONDS);
  const steps = Array.from({ length: 2 * DRIFT + 1 }, (_, i) => current - DRIFT + i);
  return steps.find((step) => verifyHOTP(key, BigInt(step), DIGITS, code));
}

/** What an app is told of a new secret: as a picture (SVG, dark on light) and as text in groups of four. Undefined for what was not sealed for this person. */
export function shownTo(secret: string, person: { id: string; email: string }, seal: string): { svg: string; text: string } | undefined {
  const key = unsealed(secret, purposeOf(person.id), seal);
  if (!key) return undefined;
  const svg = renderSVG(createTOTPKeyURI('Stoa', person.email, key, SECONDS, DIGITS), { border: 2 });
  return { svg, text: base32(key).replace(/.{4}(?=.)/g, '$& ') };
}

/** RFC 4648 without padding. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
