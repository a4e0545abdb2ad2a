import { randomBytes } from 'node:crypto';
import { signed, unsigned } from '../platform/signature.ts';

/** A browser in which people signed in before: wrong passwords typed into it are counted apart, so that no stranger's tries shut its owner out. */
export interface Familiar {
  id: string;
  /** Ids of the people, the latest first. */
  people: string[];
}

/** People a browser is remembered for. */
const MOST = 5;
const YEAR = 365 * 24 * 3600;

export const familiarName = (https: boolean) => (https ? '__Host-stoa_device' : 'stoa_device');

/** Which browser a cookie says this is; null when we did not say so. */
export function familiarIn(secret: string, cookie: string | undefined): Familiar | null {
  const text = unsigned(secret, 'device', cookie);
  return text ? (JSON.parse(text) as Familiar) : null;
}

/** The `Set-Cookie` by which a browser is familiar to one more person; undefined when it is already. */
export function familiarTo(secret: string, person: string, known: Familiar | null, https: boolean): string | undefined {
  if (known?.people.includes(person)) return undefined;
  const device: Familiar = { id: known?.id ?? randomBytes(16).toString('base64url'), people: [person, ...(known?.people ?? [])].slice(0, MOST) };
  return `${familiarName(https)}=${signed(secret, 'device', JSON.stringify(device))}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR}${https ? '; Secure' : ''}`;
}
