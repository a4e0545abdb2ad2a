import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const mac = (secret: string, purpose: string, text: string) => createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url');

/** `text` with a keyed hash (HMAC-SHA-256) that binds it to a purpose: `text.mac`. */
export const signed = (secret: string, purpose: string, text: string) => `${Buffer.from(text).toString('base64url')}.${mac(secret, purpose, text)}`;

/** The text of `signed`, or undefined when the hash is wrong. */
export function unsigned(secret: string, purpose: string, value: string | undefined): string | undefined {
  const [encoded, given] = (value ?? '').split('.');
  if (!encoded || !given) return undefined;
  const text = Buffer.from(encoded, 'base64url').toString('utf8');
  return matches(mac(secret, purpose, text), given) ? text : undefined;
}

/** A short key for one thing: what a link carries to open it without a session. */
export const keyFor = (secret: string, purpose: string, text: string) => mac(secret, purpose, text).slice(0, 32);

/** Whether two texts are equal, in a time that does not tell where they differ. */
export function matches(a: string, b: string) {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** SHA-256 in hex: how sessions and tokens are kept. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
