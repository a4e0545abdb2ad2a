import { createMiddleware } from 'hono/factory';
import { problem } from './answer.ts';
import type { Edge } from './edge.ts';
import { type Locale, locales } from './viewer.ts';

/** Carries the language of the address on to the pages. Never believed from outside. */
export const LOCALE_HEADER = 'x-stoa-locale';

/** The largest body of a form or API call, in bytes. */
const LARGEST_BODY = 2_000_000;

const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' https: data:", "font-src 'self'", "connect-src 'self'",
  "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');

const HEADERS: Record<string, string> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
};

/** Every answer, errors and redirects too, carries the same protection; only answers that say so may be kept by anyone. */
export const guarded = createMiddleware<Edge>(async (c, next) => {
  await next();
  const headers = new Headers(c.res.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  if (c.env.STOA_URL.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000');
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
  c.res = new Response(c.res.body, { status: c.res.status, headers });
});

/** Refuses what no form or client of ours sends: a change that comes from another site, or a body beyond all measure. */
export const admit = createMiddleware<Edge>(async (c, next) => {
  const { method } = c.req;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return next();
  if (Number(c.req.header('content-length') ?? 0) > LARGEST_BODY) return problem(413, 'This is larger than 2 MB.');
  const bearer = c.req.path.startsWith('/api/') && c.req.header('authorization');
  if (!bearer && !fromHere(c.req.raw)) return problem(403, 'This form was sent from another site. Open the page here and send it again.');
  return next();
});

function fromHere(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
}

/** Articles from git are files, served before the worker is asked. What comes here of their addresses are articles from the database. */
const ARTICLE = /^\/kb\/([^/]+)\/([^/]+)\/?$/;

/** `/el/forum` → `/forum`, with the language in a header. */
export function localised(request: Request): Request {
  const url = new URL(request.url);
  const [, first = ''] = url.pathname.split('/', 2);
  const prefixed = first !== 'en' && (locales as readonly string[]).includes(first);
  const headers = new Headers(request.headers);
  headers.set(LOCALE_HEADER, prefixed ? first : 'en');
  if (prefixed) url.pathname = url.pathname.slice(first.length + 1) || '/';
  url.pathname = url.pathname.replace(ARTICLE, '/library/$1/$2');
  return new Request(url, new Request(request, { headers }));
}

/**
 * The address that a request comes from, as far as it can be believed: on Cloudflare its own header, which nobody else can set there; on a machine
 * of one's own the peer, or, when that is this machine, who a proxy on it says it speaks for, in its last word.
 */
export function networkOf(request: Request): string {
  const cf = request.cf as { colo?: string; clientIp?: string } | undefined;
  if (cf?.colo) return request.headers.get('cf-connecting-ip') ?? 'unknown';
  const peer = cf?.clientIp?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '') ?? 'unknown';
  const isHere = /^127\.|^::1$/.test(peer);
  return (isHere && request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()) || peer;
}

/** The language that `localised` read from the address. */
export const localeOf = (request: Request): Locale => (request.headers.get(LOCALE_HEADER) === 'el' ? 'el' : 'en');
