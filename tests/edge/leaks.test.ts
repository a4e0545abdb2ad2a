import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../worker/platform/signature.ts';
import { edge } from '../support/edge.ts';
import { each } from './matrix.ts';

let world: Awaited<ReturnType<typeof edge>>;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Whoever reads one of these without being them reads a page of somebody else's. */
const CANARY = /canary-of-|action="\/sign-out"|stoa-live/;
const ROLES = ['customer', 'moderator', 'agent', 'admin'] as const;
const sessions = new Map<string, string>();

beforeAll(async () => {
  world = await edge();
  const now = Date.now();
  for (const role of ROLES) {
    const secret = hashOf(`canary ${role}`).slice(0, 40);
    await world.client.execute({ sql: 'insert into users (id, email, name, handle, role, created_at, unseen) values (?1, ?1, ?2, ?1, ?3, 0, 7)', args: [`usr_canary_${role}`, `canary-of-${role}`, role] });
    await world.client.execute({ sql: 'insert into sessions (id, user_id, expires_at, created_at, proved_at, seen_at) values (?1, ?2, ?3, ?4, ?4, ?4)', args: [hashOf(secret), `usr_canary_${role}`, now + 1e9, now] });
    sessions.set(role, `stoa_session=${secret}`);
  }
  const ada = await world.signedIn('ada@stoa.test');
  await world.visit('/admin/categories/new', { cookie: ada, form: { name: 'canary-of-a-category', slug: 'canary-of-a-category', see: 'role:agent, role:customer' } });
  const made = await world.visit('/forum/new', { cookie: ada, form: { title: 'canary-of-a-topic', body: 'canary-of-words', category: 'canary-of-a-category', kind: 'question', tags: 'sms', anyway: '1' } });
  expect(made.headers.get('location')).toMatch(/canary-of-a-topic/);
  PAGES.push(made.headers.get('location')!);
});
afterAll(async () => {
  agent.destroy();
  await world?.close();
});

interface Asking {
  path: string;
  method?: string;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request as it is written here: no client tidies up the address or the headers. */
const ask = ({ path, method = 'GET', headers = {} }: Asking): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const call = request(world.url, { agent, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts).toString() }));
    });
    call.on('error', reject).end();
  });

const PAGES = ['/', '/el', '/forum', '/forum?view=hot', '/forum/calendars', '/forum/canary-of-a-category', '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed', '/tags/sms', '/kb', '/kb/start', '/kb/start/find-an-answer', '/forum/feed.xml', '/forum/topics/1/feed.xml', '/sitemap/topics-1.xml'];

const said = (name: string, ...values: string[]) => values.map((value) => (asked: Asking): Asking => ({ ...asked, headers: { ...asked.headers, [name]: value } }));
const withQuery = (query: string) => (asked: Asking): Asking => ({ ...asked, path: `${asked.path}${asked.path.includes('?') ? '&' : '?'}${query}` });
const at = (change: (path: string) => string) => (asked: Asking): Asking => ({ ...asked, path: change(asked.path) });
const by = (method: string) => (asked: Asking): Asking => ({ ...asked, method });
const withCookie = (cookie: string) => (asked: Asking): Asking => ({ ...asked, headers: { ...asked.headers, cookie: [asked.headers?.['cookie'], cookie].filter(Boolean).join('; ') } });

/** What may be different about a request, each way by itself. */
const VARIATIONS = [
  (asked: Asking) => asked,
  ...['poison=1', 'x=1&x=2', 'view=hot&view=top', 'page=1&page=2', 'page=1;page=2', 'view=poison', '__proto__=poison', 'constructor=1', 'stoa-theme=dark', 'stoa-theme="><script>poison', 'utm_source=poison', 'key=poison', 'after=%27poison', 'post=1', 'unread', 'quote=2', '%76iew=top', '?poison', '&&', 'preview=poison', 'theme=dark', 'session=poison', 'view=hot%00poison', 'VIEW=hot'].map(withQuery),
  ...['x-forwarded-host', 'x-forwarded-server', 'x-host', 'x-original-url', 'x-rewrite-url', 'x-forwarded-prefix', 'x-original-host', 'x-http-host-override', 'forwarded', 'user-agent', 'referer', 'origin', 'x-stoa-theme', 'cf-connecting-ip', 'x-forwarded-for', 'true-client-ip', 'cache-control', 'pragma', 'if-none-match', 'x-http-method-override', 'x-method-override', 'accept', 'accept-language', 'x-wap-profile', 'sec-fetch-site', 'cdn-loop', 'x-astro-path', 'x-astro-locals', 'x-middleware-prefetch'].flatMap((name) => said(name, 'poison.example')),
  ...said('host', 'poison.example', 'poison.example:80', '127.0.0.1'),
  ...said('x-forwarded-proto', 'https', 'https://poison.example/?'),
  ...said('accept-language', 'el'), ...said('accept', 'application/json'), ...said('accept-encoding', 'br'), ...said('range', 'bytes=0-10'), ...said('if-modified-since', 'Thu, 01 Jan 2099 00:00:00 GMT'), ...said('if-none-match', '*'),
  ...said('authorization', 'Bearer poison', 'Basic cG9pc29uOnBvaXNvbg==', 'Bearer stoa_poison', ''),
  ...['stoa_theme=dark', 'stoa_theme=poison', 'stoa_theme="><script>poison', 'a=b; stoa_theme=light; stoa_theme=dark', 'stoa_session=poison', 'stoa_session=', '__Host-stoa_session=poison', 'stoa_viewer=poison', 'STOA_SESSION=poison', 'stoa_session =poison', 'x=stoa_session', `_ga=${'poison'.repeat(200)}`, 'stoa_browser=poison', '=poison', ';;;'].map(withCookie),
  ...['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'QUERY'].map(by),
  ...[(p: string) => `${p}/`, (p: string) => `/${p}`, (p: string) => p.replace('/', '/%2f'), (p: string) => `${p};poison.css`, (p: string) => `${p}/poison.css`, (p: string) => `${p}%00`, (p: string) => p.toUpperCase(), (p: string) => `/poison/..${p}`, (p: string) => `${p}/.`, (p: string) => `${p}%3fpage=2`, (p: string) => `/EL${p}`, (p: string) => `/en${p}`, (p: string) => `${p}.xml`, (p: string) => `${p}#poison`, (p: string) => p.replaceAll('o', '%6f'), (p: string) => p.replace('/', '\\'), (p: string) => `/el/el${p}`].map(at),
];

const plain = async (path: string) => (await ask({ path })).body;
/** A page by an address that nothing is kept of; the page itself names that address. */
const anew = async (path: string) => (await plain(`${path}${path.includes('?') ? '&' : '?'}anew=1`)).replaceAll(/(\?|&(amp;|#38;)?|%3F|%26)anew(=|%3D)1/g, '');
const everything = ({ headers, body }: Answer) => `${JSON.stringify(headers)} ${body}`;

test('nothing of a page for somebody is in an answer for nobody, nor the other way round, whatever either of them says', async () => {
  const pairs = PAGES.flatMap((path, page) => VARIATIONS.map((variation, i) => ({ path, variation, i, isTried: (page + i) % 2 === 0 }))).filter(({ isTried }) => isTried);
  const leaks: string[] = [];
  let tried = 0;
  await each(pairs, async ({ path, variation, i }) => {
    const role = ROLES[(i >> 1) % ROLES.length]!;
    const asked = variation({ path });
    const asSomebody = variation({ path, headers: { cookie: sessions.get(role)! } });
    const looks = [await ask(asSomebody), await ask(asked), await ask({ path }), await ask(asSomebody)];
    const [own, , , again] = looks.map(everything);
    for (const nobodys of looks.slice(1, 3)) if (CANARY.test(everything(nobodys).replaceAll(path, ''))) leaks.push(`${JSON.stringify(asked)} after ${role}`);
    for (const theirs of [own!, again!]) if (/cache;desc/.test(theirs)) leaks.push(`${JSON.stringify(asked)}: ${role} was shown a page of nobody’s`);
    if (looks[0]!.status === 200 && String(looks[0]!.headers['content-type']).startsWith('text/html') && !asked.headers?.['authorization'] && (asked.method ?? 'GET') === 'GET' && !own!.includes(`canary-of-${role}`) && !path.startsWith('/kb/start/')) leaks.push(`${JSON.stringify(asked)}: ${role} did not find themself`);
    tried++;
  });
  expect(leaks).toEqual([]);
  expect(tried).toBeGreaterThanOrEqual(500);
  console.log(`${tried} combinations of a page and a way to ask for it, ${ROLES.length} roles.`);
}, 300_000);

test('after all of that every page is kept as it is made anew, and nothing of what was said stuck', async () => {
  for (const path of PAGES) {
    await expect.poll(async () => (await plain(path)) === (await anew(path)), { message: path, timeout: 5_000 }).toBe(true);
    expect([path, (await plain(path)).includes('poison')]).toEqual([path, false]);
  }
});
