import { cookiesOf } from './portal.ts';

/** A cursor of ours. */
const after = /^[\w+/-]{1,200}$/;

/** Addresses without the language that everybody may be answered alike, and what parameters each may have. Whatever else a request says, it is nobody's key. */
const PAGES: [RegExp, Record<string, RegExp>][] = [
  [/^\/$/, {}],
  [/^\/forum$/, { view: /^(hot|top|unanswered|unsolved)$/, period: /^(week|month|all)$/, after }],
  [/^\/forum\/[\w-]{1,100}$/, { view: /^(hot|top|unanswered|unsolved)$/, period: /^(week|month|all)$/, only: /^here$/, after }],
  [/^\/forum\/topics\/[1-9]\d{0,8}\/[\w%.~-]{1,300}$/, { page: /^[1-9]\d{0,5}$/ }],
  [/^\/tags\/[\w%.~-]{1,200}$/, { after }],
  [/^\/kb(\/[\w-]{1,100})?$/, { after }],
  [/^\/kb\/[\w-]{1,100}\/[\w-]{1,200}$/, {}],
  [/^\/(forum|forum\/[\w-]{1,100}|tags\/[\w%.~-]{1,200})\/feed\.xml$/, {}],
  [/^\/sitemap(\/[a-z]{1,20}(-[1-9]\d{0,8})?)?\.xml$/, {}],
];

/** Added by those who send people here; no page reads them. */
const STRAY = /^(utm_[a-z]+|fbclid|gclid)$/;

/** Cookies that say who somebody is, or was. */
const KNOWN = /stoa_(session|viewer)/;

/** Where the theme stands in a key. No page has such a parameter. */
const THEME = 'stoa-theme';

/**
 * The key under which a request is answered like everybody's: the public address with the language, the parameters that the page knows in alphabetical order,
 * and the theme. Undefined when it may not be: somebody says who they are, or asks for something that is not the same for all.
 */
export function keyOf(request: Request, publicUrl: string): string | undefined {
  const { method, headers, url } = request;
  const cookies = headers.get('cookie');
  if ((method !== 'GET' && method !== 'HEAD') || headers.has('authorization') || headers.has('upgrade') || (cookies && KNOWN.test(cookies))) return undefined;
  const { pathname: path, search } = new URL(url);
  const inside = path === '/el' ? '/' : path.replace(/^\/el(?=\/.)/, '');
  const allowed = PAGES.find(([address]) => address.test(inside))?.[1];
  if (!allowed) return undefined;
  const parameters = search && parametersOf([...new URLSearchParams(search)], allowed);
  if (parameters === undefined) return undefined;
  const theme = cookies ? cookiesOf(request).get('stoa_theme') : undefined;
  return `${publicUrl}${path}${parameters}${theme === 'light' || theme === 'dark' ? `${parameters ? '&' : '?'}${THEME}=${theme}` : ''}`;
}

/** `?after=…&view=hot`, or nothing; undefined when one is not allowed, or there twice. */
function parametersOf(all: [string, string][], allowed: Record<string, RegExp>): string | undefined {
  const given = all.filter(([name]) => !STRAY.test(name));
  const names = new Set(given.map(([name]) => name));
  if (names.size < given.length || given.some(([name, value]) => !Object.hasOwn(allowed, name) || !allowed[name]!.test(value))) return undefined;
  const sorted = new URLSearchParams(given.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  return sorted && `?${sorted}`;
}

/** The request that a key stands for: nothing of whoever asked is in it, but which file their browser already has. */
export function requestOf(key: string, has: string | null): Request {
  const url = new URL(key);
  const theme = url.searchParams.get(THEME);
  url.searchParams.delete(THEME);
  return new Request(url, { headers: { ...(theme ? { cookie: `stoa_theme=${theme}` } : {}), ...(has ? { 'if-none-match': has } : {}) } });
}
