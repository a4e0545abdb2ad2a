import { cookiesOf } from '../../worker/portal.ts';

/** What a browser that asked for a letter holds: its own secret, to which codes and links are bound, and the address it asked for. */
export interface Asker {
  browser: string;
  address: string;
}

const nameOf = (https: boolean) => (https ? '__Host-stoa_asker' : 'stoa_asker');
const DAY = 24 * 3600;

/** Who asks: as the cookie says, or a new one. */
export function askerOf(request: Request, https: boolean): Asker {
  const [browser = '', address = ''] = (cookiesOf(request).get(nameOf(https)) ?? '').split('.');
  return /^[\w-]{36}$/.test(browser) ? { browser, address: decoded(address) } : { browser: crypto.randomUUID(), address: '' };
}

/** The cookie that keeps it, for a day. */
export const askerCookie = ({ browser, address }: Asker, https: boolean) =>
  `${nameOf(https)}=${browser}.${Buffer.from(address).toString('base64url')}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${DAY}${https ? '; Secure' : ''}`;

const decoded = (text: string) => Buffer.from(text, 'base64url').toString('utf8').slice(0, 254);
