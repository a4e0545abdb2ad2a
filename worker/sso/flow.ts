import { signed, unsigned } from '../platform/signature.ts';
import { MINUTE } from '../platform/time.ts';
import type { Locale } from '../platform/viewer.ts';

/** What a browser remembers while somebody proves elsewhere who they are. */
export interface Flow {
  state: string;
  nonce: string;
  /** PKCE's code verifier (RFC 7636). */
  verifier: string;
  /** Where they wanted to go: a path of ours. */
  next: string | null;
  locale: Locale;
  /** In milliseconds since 1970. */
  until: number;
}

/** Milliseconds that it may take. */
export const LONGEST = 10 * MINUTE;

/** The cookie's name; it holds one sign-in at a time. */
export const flowCookieName = (https: boolean) => (https ? '__Host-stoa_with' : 'stoa_with');

const cookie = (value: string, https: boolean, seconds: number) => `${flowCookieName(https)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${https ? '; Secure' : ''}`;

const purpose = (slug: string) => `sign-in with ${slug}`;

/** The `Set-Cookie` that remembers a sign-in with the provider of this slug. */
export const keptFlow = (secret: string, slug: string, flow: Flow, https: boolean) => cookie(signed(secret, purpose(slug), JSON.stringify(flow)), https, LONGEST / 1000);

/** The `Set-Cookie` that forgets it. */
export const forgottenFlow = (https: boolean) => cookie('', https, 0);

/** What the cookie remembers; undefined when it is none of ours, of another provider, or too old. */
export function flowOf(secret: string, slug: string, value: string | undefined, now = Date.now()): Flow | undefined {
  const text = unsigned(secret, purpose(slug), value);
  const flow = text === undefined ? undefined : (JSON.parse(text) as Flow);
  return flow && flow.until > now ? flow : undefined;
}
