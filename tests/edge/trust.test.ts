import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../worker/platform/signature.ts';
import { encodeCursor } from '../../worker/platform/query.ts';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const countOf = async (subject: string) => Number((await world.rows('select count(*) n from tickets where subject = ?', [subject]))[0]!['n']);
const sessionOnly = async (email: string) => (await world.signedIn(email)).split('; ')[0]!;

async function tokenOf(email: string, scope: 'read' | 'write') {
  const token = `stoa_${crypto.randomUUID()}`;
  await world.rows(`insert into tokens (id, hash, user_id, name, scope, created_at) select ?, ?, id, 'test', ?, 0 from users where email = ?`, [crypto.randomUUID(), hashOf(token), scope, email]);
  return token;
}

const call = (path: string, headers: Record<string, string>, body?: object) =>
  fetch(`${world.url}/api/v1${path}`, { method: body ? 'POST' : 'GET', headers: { 'content-type': 'application/json', ...headers }, ...(body ? { body: JSON.stringify(body) } : {}) });

test('who opens a ticket with somebody else’s address learns nothing of them, signed in or not', async () => {
  const opened = await world.visit('/tickets/new', { form: { email: 'chris@acme.test', subject: 'In his name', body: 'Hello.', anyway: '1' } });
  const link = opened.headers.get('location')!;
  for (const cookie of ['', await world.signedIn('nikos@olive.test')]) {
    const page = await world.visit(link, { cookie });
    expect([page.status, page.html.includes('In his name'), /Chris|chris-/.test(page.html)]).toEqual([200, true, false]);
    expect([(await world.visit(`/api/v1${link}`, { cookie })).status, (await world.visit(`/api/v1${link.split('?')[0]}`, { cookie })).status]).toEqual([422, 404]);
  }
});

test('the link of a ticket is made of the public address, not of the host that was asked', async () => {
  const opened = await world.visit('/tickets/new', { form: { email: 'host@far.test', subject: 'Host', body: 'Hello.', anyway: '1' } });
  const html = await new Promise<string>((resolve) => {
    get(world.url + opened.headers.get('location'), { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } }, async (answer) => resolve((await answer.setEncoding('utf8').toArray()).join('')));
  });
  expect(html).toContain(`href="${world.url}/tickets/`);
  expect(html).not.toContain('evil.example');
});

test('a page that asks the database nothing signs nobody out', async () => {
  const cookie = await sessionOnly('dora@acme.test');
  for (const path of ['/nope', '/favicon.ico']) expect((await world.visit(path, { cookie })).headers.getSetCookie()).toEqual([]);
  const theme = await world.visit('/theme', { cookie, form: { theme: 'dark', next: '/' } });
  expect(theme.headers.getSetCookie().map((one) => one.split('=')[0])).toEqual(['stoa_theme']);
});

test('a session that is used lives on, in the browser too', async () => {
  const cookie = await world.signedIn('cleo@stoa.test');
  const secret = /stoa_session=(\w+)/.exec(cookie)![1]!;
  expect((await world.visit('/forum', { cookie })).headers.getSetCookie()).toEqual([]);
  await world.rows('update sessions set expires_at = ? where id = ?', [String(Date.now() + 5 * 24 * 3_600_000), hashOf(secret)]);
  const kept = (await world.visit('/forum', { cookie })).headers.getSetCookie();
  expect(kept.map((one) => one.split('=')[0])).toEqual(['stoa_session', 'stoa_viewer']);
  expect(kept[0]).toMatch(new RegExp(`^stoa_session=${secret};.*Max-Age=12\\d{5}`));
});

test('who lost a role does nothing by it from the next request on', async () => {
  const cookie = await world.signedIn('arno@stoa.test');
  expect((await world.visit('/agent', { cookie })).status).toBe(200);
  await world.rows("update users set role = 'customer' where email = 'arno@stoa.test'");
  const note = await world.visit('/agent/tickets/1', { cookie, form: { action: 'reply', body: 'By nobody.', visibility: 'internal' } });
  expect([note.status, (await world.rows("select count(*) n from ticket_messages where body = 'By nobody.'"))[0]!['n']]).toEqual([404, 0]);
  const queue = await world.visit('/agent', { cookie });
  expect([queue.status, queue.headers.getSetCookie().map((one) => one.split('=')[0])]).toEqual([404, ['stoa_viewer']]);
  await world.rows("update users set role = 'agent' where email = 'arno@stoa.test'");
});

test('signing out leaves no cookie, and works for a session that has ended', async () => {
  for (const cookie of [await sessionOnly('dora@acme.test'), 'stoa_session=ended']) {
    const answer = await world.visit('/sign-out', { cookie, form: { x: '1' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(answer.headers.getSetCookie().map((one) => /^(\w+)=;.*Max-Age=0/.exec(one)?.[1])).toEqual(['stoa_session', 'stoa_viewer']);
  }
});

test('the first page after signing in shows a CSM their own accounts', async () => {
  const page = await world.visit('/csm?whose=mine', { cookie: await sessionOnly('cleo@stoa.test') });
  expect(page.html.match(/<th scope="row"/g)?.length).toBeGreaterThan(0);
});

test('a token that is not valid changes nothing and is told so; one that reads does not write', async () => {
  const ticket = { subject: 'By token', body: 'Hello.', email: 'someone@far.test' };
  const refused = await call('/tickets', { authorization: 'Bearer stoa_bogus' }, ticket);
  expect([refused.status, refused.headers.get('www-authenticate'), await countOf('By token')]).toEqual([401, 'Bearer', 0]);
  const [read, write] = [await tokenOf('chris@acme.test', 'read'), await tokenOf('chris@acme.test', 'write')];
  expect((await call('/topics/x', { authorization: `Bearer ${read}` })).status).toBe(404);
  expect((await call('/tickets', { authorization: `Bearer ${read}` }, ticket)).status).toBe(403);
  expect((await call('/tickets', { authorization: `Bearer ${write}` }, ticket)).status).toBe(201);
});

test('only a bearer token stands for an origin', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  for (const authorization of ['Basic eDp5', 'Bearer', 'Bearer a b', 'x']) {
    const answer = await call('/tickets', { cookie, authorization, origin: 'https://evil.example' }, { subject: 'Forged', body: 'x' });
    expect([authorization, answer.status]).toEqual([authorization, 403]);
  }
  expect(await countOf('Forged')).toBe(0);
});

const refusedEarly = (outcome: unknown) => outcome === 413 || /EPIPE|ECONNRESET|other side closed/.test(String(outcome));

test('a body beyond all measure is refused, said or unsaid; one in a wrong shape is no accident', async () => {
  const headers = { origin: world.url, 'content-type': 'application/x-www-form-urlencoded' };
  // The answer may come, and the door close, before all of it is sent.
  const huge = (body: BodyInit) => fetch(`${world.url}/sign-in`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit).then(({ status }) => status, (error: Error) => String((error.cause as Error).message));
  expect(await huge('a'.repeat(2_100_000))).toSatisfy(refusedEarly);
  expect(await huge(new Blob(['a'.repeat(2_100_000)]).stream())).toSatisfy(refusedEarly);
  for (const path of ['/theme', '/kb/start/x/helpful', '/sign-in', '/tickets/new', '/forum/topics/1/x']) {
    const answer = await world.visit(path, { method: 'POST', headers: { origin: world.url, 'content-type': 'application/json' } });
    expect([path, answer.status < 500]).toEqual([path, true]);
  }
});

test('a browser votes once on a Greek article too, and the page says what it answered', async () => {
  const [article] = await world.rows("select category, slug from articles where locale = 'el' limit 1");
  const at = `/el/kb/${article!['category']}/${article!['slug']}/helpful`;
  const first = await world.visit(at, { form: { helpful: 'yes' } });
  const cookie = first.headers.getSetCookie()[0]!;
  expect(cookie).toContain('Path=/;');
  const again = await world.visit(at, { cookie: cookie.split(';')[0]!, form: { helpful: 'no' } });
  expect(again.headers.getSetCookie()).toEqual([]);
  const page = at.replace('/helpful', '');
  expect([first, again].map(({ headers }) => headers.get('location'))).toEqual([`${page}#said-yes`, `${page}#said-no`]);
  const { html } = await world.visit(page);
  for (const [id, said] of [['said-yes', 'Απαντήσατε: Ναι.'], ['said-no', 'Απαντήσατε: Όχι.']]) expect(html).toMatch(new RegExp(`id="${id}"[^>]*><strong[^>]*>${said}<`));
});

test('a made-up cursor is the first page, and refused by the API', async () => {
  const cleo = await world.signedIn('cleo@stoa.test');
  for (const path of ['/forum', '/forum?view=unanswered', '/csm?order=revenue', '/csm?order=word', '/csm', '/agent', '/tickets', '/api/v1/topics', '/api/v1/topics/1/posts', '/api/v1/articles', '/api/v1/tickets']) {
    for (const values of [['x', 'y'], [1e300, 'a'], ['x']]) {
      const page = await world.visit(`${path}${path.includes('?') ? '&' : '?'}after=${encodeCursor(values)}`, { cookie: cleo });
      expect([path, values, page.status]).toEqual([path, values, path.startsWith('/api/') ? 422 : 200]);
    }
  }
});
