import { formKey } from './form-time.ts';
import { Refusal } from './refusal.ts';
import { type Challenge, LIFE, type Pass, stampOf, WAIT } from './stamp.ts';

/** The header that brings the answer to a challenge: key, stamp and work of it with spaces between; without work, after the wait. */
export const ANSWER = 'stoa-challenge';

/** A challenge as the API puts it, with a key that lets one call pass. */
export const toldByApi = (secret: string, { bits, since }: Challenge, now: number) => {
  const key = formKey(secret, now);
  return { kind: 'work', algorithm: 'SHA-256', key, stamp: stampOf(secret, key, { bits, since }), bits, waitUntil: new Date(since + WAIT).toISOString(), expiresAt: new Date(since + LIFE).toISOString() };
};

/** The answer that a call brings, if it brings one. */
export function passIn(header: string | undefined): Pass | undefined {
  if (header === undefined) return undefined;
  const [, form, stamp, work] = /^([\w-]{8,64}) ([\w-]{8,80})(?: (\d{1,12}))?$/.exec(header.trim()) ?? [];
  if (!form) throw new Refusal('invalid', 'Answer a challenge with its key, its stamp and your work, with spaces between.', { 'Stoa-Challenge': 'Key, stamp and work.' });
  return { form, stamp, work };
}
