import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { problem } from './answer.ts';
import type { Edge } from './edge.ts';
import { turnsOf } from './turns.ts';
import { type Locale, locales } from './viewer.ts';

/** The largest body of a form or API call, in bytes. */
const LARGEST_BODY = 2_000_000;

/** The same of a form that brings files, and where such forms arrive. */
const LARGEST_WITH_FILES = 32_000_000;
const TAKES_FILES = /^((\/el)?\/(forum\/(new$|topics\/|posts\/)|tickets\/|agent\/tickets\/|uploads$)|\/api\/v1\/attachments$)/;

/** Bodies with files that one worker holds at once, 32 MB of them: each is in memory about two and a half times, of 128 MB. Until its turn none of one is read. */
export const bodies = turnsOf({ room: 32_000_000, patience: 60_000, gone: 60_000, words: 'Many files come in at this moment. Send yours again in a minute.' });

const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' https: data:", "font-src 'self'", "connect-src 'self'",
  "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');

const PROTECTION = Object.entries({
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
});

/** The policy for what others made: it is shown, and can do nothing at all. An answer that has it keeps it. */
export const LOCKED = "sandbox; default-src 'none'";

/** The same for words that others laid out, in their own colours. */
export const CAGE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** Every answer, errors and redirects too, carries the same protection; only answers that say so may be kept by anyone. */
export const guarded = createMiddleware<Edge>(async (c, next) => {
  await next();
  if (c.res.webSocket) return;
  const { headers } = c.res;
  const isCaged = headers.get('content-security-policy')?.startsWith(LOCKED);
  for (const [name, value] of PROTECTION) if (!(isCaged && name === 'content-security-policy')) headers.set(name, value);
  if (c.env.STOA_URL.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000');
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
});

/** The token that a call of the API, or for a file, came with, if any. Who comes with one is nobody else, whatever their cookies say. */
export function bearerOf(request: Request): string | undefined {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return token !== undefined && /^\/(api|files)\//.test(new URL(request.url).pathname) ? token : undefined;
}

const measured = bodyLimit({ maxSize: LARGEST_BODY, onError: () => problem(413, 'This is larger than 2 MB.') });
const measuredWithFiles = bodyLimit({ maxSize: LARGEST_WITH_FILES, onError: () => problem(413, 'This is larger than 32 MB. Send fewer files at once; each may have 25 MB.') });

const bringsFiles = ({ req }: Context) => TAKES_FILES.test(req.path) && /^multipart\/form-data\b/i.test(req.header('content-type') ?? '');

/** Where a form of another site may arrive: host-app sign-in asks the person first, unless it knows who sent it; the form that stops our mail (RFC 8058) brings a key of ours. */
const FROM_OUTSIDE = /^(\/el)?\/(sign-in\/sso|unsubscribe)$/;

/** Refuses what no form or client of ours sends: a change that comes from another site, or a body beyond all measure, said or unsaid. */
export const admit = createMiddleware<Edge>(async (c, next) => {
  const { method } = c.req;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return next();
  if (!bearerOf(c.req.raw) && !fromHere(c.req.raw) && !isOfProgram(c.req.raw) && !FROM_OUTSIDE.test(c.req.path)) return problem(403, 'This form was sent from another site. Open the page here and send it again.');
  if (!bringsFiles(c)) return measured(c, next);
  const bytes = Number(c.req.header('content-length') ?? LARGEST_WITH_FILES);
  return bytes < LARGEST_BODY ? measuredWithFiles(c, next) : bodies(bytes, () => measuredWithFiles(c, next));
});

/** Whether a page of this very site sent a form, as the browser says. */
export function fromHere(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
}

/**
 * Whether a call of the API can only be a program's that speaks for nobody. A browser adds `Origin` to whatever it changes elsewhere, or `Sec-Fetch-Site`, and no form of it
 * sends JSON; so who brings neither, and no cookie that could name somebody, is none, and has nothing to lose.
 */
function isOfProgram({ url, headers, body }: Request): boolean {
  const isOfBrowser = ['origin', 'cookie', 'sec-fetch-site'].some((name) => headers.has(name));
  const type = headers.get('content-type');
  return !isOfBrowser && pathOf(url).startsWith('/api/') && (type === null ? body === null : /^application\/json\s*(;|$)/i.test(type));
}

/** Articles from git are files, served before the worker is asked. What comes here of their addresses are articles from the database. */
const ARTICLE = /^\/kb\/([^/]+)\/([^/]+)\/?$/;

/** The language that the address of a request named. */
const named = new WeakMap<Request, Locale>();

/** The path of an absolute address as the browser sent it: a whole `URL` costs a hundredth of a page. */
const pathOf = (url: string) => /^[a-z]+:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] || '/';

/** `/el/forum` → `/forum`, with the language kept beside the request; addresses of articles lead to the database. */
export function localised(request: Request): Request {
  const whole = pathOf(request.url);
  const [, first = ''] = whole.split('/', 2);
  const prefixed = first !== 'en' && (locales as readonly string[]).includes(first);
  const path = prefixed ? whole.slice(first.length + 1) || '/' : whole;
  const inside = path.replace(ARTICLE, '/library/$1/$2');
  if (inside === whole) return request;
  const url = new URL(request.url);
  url.pathname = inside;
  const moved = new Request(url, request);
  if (prefixed) named.set(moved, first as Locale);
  return moved;
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

/** Where a request comes from, for people to read: the country's two letters as Cloudflare tells them, else the network; empty when nobody knows. */
export function placeOf(request: Request): string {
  const cf = request.cf as { colo?: string; country?: string } | undefined;
  const network = networkOf(request);
  return (cf?.colo && cf.country) || (network === 'unknown' ? '' : network);
}

/** The language that `localised` read from the address. */
export const localeOf = (request: Request): Locale => named.get(request) ?? 'en';
