import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../worker/platform/signature.ts';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let client: typeof world.client;
let mara: string;
let ada: string;
beforeAll(async () => {
  world = await edge();
  ({ client } = world);
  [mara, ada] = [await world.signedIn('mara@stoa.test'), await world.signedIn('ada@stoa.test')];
});
afterAll(() => world?.close());

const once = () => crypto.randomUUID();
const SOON = 2_000;
const cacheOf = ({ headers }: { headers: Headers }) => /cache;desc=(\w+)/.exec(headers.get('server-timing') ?? '')?.[1];
/** The page as it is kept, once what followed from the writes before is done. */
const inCache = async (path: string) => {
  let page!: Awaited<ReturnType<typeof world.visit>>;
  await expect.poll(async () => cacheOf((page = await world.visit(path))), { message: path, timeout: 10_000 }).toBe('hit');
  expect([path, page.status, page.roundTrips]).toEqual([path, 200, 0]);
  return page;
};
const send = async (path: string, cookie: string, form: Record<string, string>) => {
  const answer = await world.visit(path, { cookie, form: { once: once(), ...form } });
  expect([path, answer.status]).toEqual([path, 303]);
  return answer.headers.get('location')!;
};
const opened = async (title: string, category = 'calendars', body = 'Words of the topic.') => {
  const at = await send('/forum/new', mara, { title, body, category, kind: 'question', anyway: '1' });
  return { at, number: /topics\/(\d+)/.exec(at)![1]! };
};
const postsOf = async (number: string) => (await client.execute({ sql: 'select p.id from posts p join topics t on t.id = p.topic_id where t.number = ? order by p.number', args: [number] })).rows.map(({ id }) => String(id));

const PAGES = ['/', '/el', '/forum', '/forum?view=hot', '/forum/calendars', '/el/forum/calendars', '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed', '/tags/sms', '/kb', '/kb/start', '/forum/feed.xml', '/forum/calendars/feed.xml', '/forum/topics/1/feed.xml', '/tags/sms/feed.xml', '/sitemap.xml', '/sitemap/topics-1.xml'];

test('the second to ask for a page costs the database nothing, and is answered the same; each theme and language has its own', async () => {
  for (const path of PAGES) {
    const first = await world.visit(path);
    expect([path, cacheOf(first), first.roundTrips]).toEqual([path, 'miss', 1]);
    const second = await inCache(path);
    expect(second.html).toBe(first.html);
    expect(second.headers.get('cache-tag')).toMatch(/^(forum|kb|category:|topic:)/);
    const browsers = path.includes('.xml') ? 'private, no-cache' : 'private, no-store';
    expect([path, first.headers.get('cache-control'), second.headers.get('cache-control')]).toEqual([path, browsers, browsers]);
    const head = await world.visit(path, { method: 'HEAD' });
    expect([head.status, cacheOf(head), head.html]).toEqual([200, 'hit', '']);
  }
  const dark = await world.visit('/forum', { cookie: 'stoa_theme=dark' });
  expect([cacheOf(dark), dark.html.includes('data-theme="dark"')]).toEqual(['miss', true]);
  expect([cacheOf(await world.visit('/forum', { cookie: 'a=b; stoa_theme=dark' })), (await inCache('/forum')).html.includes('data-theme')]).toEqual(['hit', false]);
});

test('parameters count in any order, strays of senders not at all; what no page knows, or says twice, is answered anew', async () => {
  await world.visit('/forum?view=top&period=month');
  for (const query of ['period=month&view=top', 'utm_source=letter&view=top&period=month', 'view=%74op&period=month&fbclid=1']) expect([query, cacheOf(await world.visit(`/forum?${query}`))]).toEqual([query, 'hit']);
  for (const query of ['view=top&period=month&x=1', 'view=top&view=hot', 'view=canary', 'after=%27', '__proto__=1', 'constructor=1', 'stoa-theme=dark', 'key=1', 'view=top?period=month']) expect([query, cacheOf(await world.visit(`/forum?${query}`))]).toEqual([query, undefined]);
});

test('a crowd at a page that nobody asked for yet costs the database what one costs', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => world.visit('/forum?view=unsolved')));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(answers.reduce((trips, { roundTrips }) => trips + roundTrips!, 0)).toBe(1);
});

test('a feed that has not changed is not sent again', async () => {
  const etag = (await inCache('/forum/feed.xml')).headers.get('etag')!;
  const same = await world.visit('/forum/feed.xml', { headers: { 'if-none-match': etag } });
  expect([same.status, same.html]).toEqual([304, '']);
  await opened('News for a feed');
  expect((await world.visit('/forum/feed.xml', { headers: { 'if-none-match': etag } })).status).toBe(200);
});

test('only pages that were found are kept: no redirect, refusal or error', async () => {
  for (const path of ['/forum/topics/1/x', '/forum/topics/999999/x', '/forum/nowhere', '/forum/new', '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed?page=99', '/sitemap/nothing.xml', '/kb/nowhere', '/search?q=sms', '/sign-in', '/people/chris', '/tickets']) {
    await world.visit(path);
    expect([path, cacheOf(await world.visit(path))]).not.toEqual([path, 'hit']);
  }
});

test('a reply, by form or by API, is in everybody’s page within two seconds, and in its writer’s at once', async () => {
  const { at, number } = await opened('Answered soon');
  const token = `stoa_${hashOf('of the cache').slice(0, 32)}`;
  await client.execute({ sql: `insert into tokens (id, hash, user_id, name, scope, created_at) select 'tok_cache', ?, id, 'cache', 'write', 0 from users where email = 'mara@stoa.test'`, args: [hashOf(token)] });
  const ways: [string, (body: string) => Promise<unknown>][] = [
    ['by form', (body) => send(at, mara, { action: 'reply', body })],
    ['by API', (body) => fetch(`${world.url}/api/v1/topics/${number}/posts`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ body }) })],
  ];
  for (const [words, write] of ways) {
    for (const path of [at, '/forum', '/forum/calendars', `/forum/topics/${number}/feed.xml`]) await inCache(path);
    await write(`Answered ${words}.`);
    const written = Date.now();
    expect((await world.visit(at, { cookie: mara })).html).toContain(`Answered ${words}.`);
    expect((await world.visit(at)).html).toContain(`Answered ${words}.`);
    expect((await world.visit(`/forum/topics/${number}/feed.xml`)).html).toContain(`Answered ${words}.`);
    expect(Date.now() - written).toBeLessThan(SOON);
    for (const path of ['/forum', '/forum/calendars']) expect([path, cacheOf(await world.visit(path))]).toEqual([path, 'miss']);
  }
});

test('a reply leaves the pages of other topics and categories where they are', async () => {
  const { at } = await opened('Answered alone');
  const others = ['/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed', '/forum/payments', '/kb'];
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (const path of others) await inCache(path);
  await send(at, mara, { action: 'reply', body: 'Here only.' });
  for (const path of others) expect([path, cacheOf(await world.visit(path))]).toEqual([path, 'hit']);
});

test('what was removed, hidden, locked, edited, moved, merged or renamed is so for everybody at once', async () => {
  const changes: [string, string, RegExp, boolean, (topic: { at: string; number: string; posts: string[] }) => Promise<unknown>][] = [
    ['removed', 'AT', /canary of removed/, false, ({ posts }) => send(`/forum/posts/${posts[0]}/edit`, mara, { action: 'remove', reason: 'Off topic.' })],
    ['edited', 'AT', /canary of edited/, false, ({ posts }) => send(`/forum/posts/${posts[0]}/edit`, mara, { action: 'edit', title: 'Of edited', body: 'Other words.' })],
    ['locked', 'AT', /class="status warn"/, true, ({ number }) => send(`/moderation/topics/${number}`, mara, { action: 'lock', locked: 'yes' })],
    ['retitled', '/forum', /Of retitled/, false, ({ posts }) => send(`/forum/posts/${posts[0]}/edit`, mara, { action: 'edit', title: 'Another title', body: 'canary of retitled' })],
    ['moved', '/forum/calendars', /Of moved/, false, ({ number }) => send(`/moderation/topics/${number}`, mara, { action: 'move', category: 'payments' })],
    ['merged', '/forum', /Of merged/, false, ({ number }) => send(`/moderation/topics/${number}`, mara, { action: 'merge', into: '1' })],
  ];
  for (const [what, where, words, isThereAfterwards, change] of changes) {
    const topic = await opened(`Of ${what}`, 'calendars', `The canary of ${what}.`);
    const path = where === 'AT' ? topic.at : where;
    expect([what, words.test((await inCache(path)).html)]).toEqual([what, !isThereAfterwards]);
    await change({ ...topic, posts: await postsOf(topic.number) });
    expect([what, words.test((await world.visit(path)).html)]).toEqual([what, isThereAfterwards]);
  }
});

test('a post that its readers reported is hidden for everybody at once', async () => {
  const { at, number } = await opened('Of reports', 'calendars', 'The canary of reports.');
  const [first] = await postsOf(number);
  expect((await inCache(at)).html).toContain('The canary of reports.');
  for (const email of ['agnes@stoa.test', 'arno@stoa.test']) await send(`/moderation/flags/${first}`, await world.signedIn(email), { action: 'flag', kind: 'spam' });
  expect((await client.execute({ sql: 'select hidden_at from posts where id = ?', args: [first!] })).rows[0]!['hidden_at']).not.toBeNull();
  expect((await world.visit(at)).html).not.toContain('The canary of reports.');
});

test('who is renamed is called otherwise for everybody at once; a category that is made private is gone for them', async () => {
  const { at } = await opened('Of a category', 'mobile', 'The canary of a category.');
  expect((await inCache(at)).html).toContain('Mara');
  await send('/settings', mara, { name: 'Zanzibar', locale: 'en', timeZone: '' });
  const renamed = (await world.visit(at)).html;
  expect([renamed.includes('Mara'), renamed.includes('Zanzibar')]).toEqual([false, true]);

  for (const path of [at, '/forum', '/forum/mobile', '/forum/feed.xml', '/sitemap/topics-1.xml']) await inCache(path);
  const [{ id }] = (await client.execute("select id from categories where slug = 'mobile'")).rows as unknown as [{ id: string }];
  await send(`/admin/categories/${id}`, ada, { name: 'Mobile app', slug: 'mobile', see: 'role:agent, role:moderator' });
  for (const path of [at, '/forum', '/forum/mobile', '/forum/feed.xml', '/sitemap/topics-1.xml']) {
    const page = await world.visit(path);
    expect([path, page.html.includes('Of a category') || page.html.includes('of-a-category') || page.html.includes('Mobile app'), page.status === 200]).toEqual([path, false, path !== at && path !== '/forum/mobile']);
  }
});

test('somebody who is erased is gone from everybody’s pages at once', async () => {
  const { at } = await opened('Of the erased');
  const lea = await world.signedIn('lea@bloom.test');
  await send(at, lea, { action: 'reply', body: 'Said before.' });
  expect((await inCache(at)).html).toContain('Léa Martin');
  expect(await send('/settings/privacy/erase', lea, { action: 'erase', email: 'lea@bloom.test', words: 'stay' })).toMatch(/^\/erased\//);
  expect((await world.visit(at)).html).not.toContain('Léa Martin');
});
