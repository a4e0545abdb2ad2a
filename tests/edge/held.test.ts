import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let [dora, chris, mara] = ['', '', ''];
let [pageOfDora, pageOfChris] = ['', ''];
beforeAll(async () => {
  world = await edge();
  await world.client.batch([`insert into trust (user_id, level, is_locked) select id, 0, 1 from users where email = 'dora@acme.test'`, `insert into settings (key, value) values ('moderation_rules', '{"firstPosts":50}')`], 'write');
  const { rows } = await world.client.execute(`select handle from users where email in ('dora@acme.test', 'chris@acme.test') order by email desc`);
  [pageOfDora, pageOfChris] = rows.map(({ handle }) => `/people/${String(handle)}`) as [string, string];
  [dora, chris, mara] = [await world.signedIn('dora@acme.test'), await world.signedIn('chris@acme.test'), await world.signedIn('mara@stoa.test')];
});
afterAll(() => world?.close());

const CANARY = 'zanzibarine';
const TOPIC = '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed';
const said = `The ${CANARY} of it, which nobody should read yet.`;

/** Everywhere that words of the community come to somebody. */
const PLACES = [
  '/', '/forum', '/forum?view=hot', '/forum?view=top', '/forum?view=unanswered', '/forum?view=unsolved', '/forum/calendars', TOPIC, '/tags/canary', `/search?q=${CANARY}`, '/forum/feed.xml', '/forum/calendars/feed.xml', '/forum/topics/1/feed.xml',
  '/tags/canary/feed.xml', '/sitemap.xml', '/sitemap/topics-1.xml', '/api/v1/topics', '/api/v1/topics?tag=canary', '/api/v1/topics/1', '/api/v1/topics/1/posts', `/api/v1/search?q=${CANARY}`, `/api/v1/suggestions?q=${CANARY}`, '/notifications', '/csm', '/api/v1/feedback',
];
const asked = async (places: string[], cookie: string) => Promise.all(places.map(async (place) => [place, (await world.visit(place, cookie ? { cookie } : {})).html] as const));

async function hold() {
  const topic = await world.visit('/forum/new', { cookie: dora, form: { title: `A ${CANARY} topic`, body: said, category: 'calendars', kind: 'question', tags: 'canary', anyway: '1', once: drawn() } });
  const reply = await world.visit(TOPIC, { cookie: dora, form: { action: 'reply', body: said, once: drawn() } });
  return { topic, reply };
}

test('what waits is on no page, feed, map or search, in no answer of the API and no count, for nobody; its author and moderators find it in its place', async () => {
  const count = async () => (await world.visit('/api/v1/topics/1')).html;
  const before = await count();
  const { topic, reply } = await hold();
  for (const answer of [topic, reply]) expect([answer.status, answer.headers.get('location'), answer.roundTrips]).toEqual([303, '/forum/held?sent=1', 2]);
  for (const cookie of ['', chris, dora, mara]) for (const [place, html] of await asked([...PLACES, pageOfDora], cookie)) expect([place, html.replaceAll(`q=${CANARY}`, '').replaceAll(`value="${CANARY}"`, '').replace(/“[^”]*”/g, '').includes(`${CANARY} of it`)]).toEqual([place, false]);
  for (const [place, html] of await asked(['/forum', '/sitemap/topics-1.xml', '/api/v1/topics', '/forum/feed.xml'], dora)) expect([place, html.includes(`A ${CANARY} topic`)]).toEqual([place, false]);
  const again = await world.visit('/forum/new', { cookie: chris, form: { title: `A ${CANARY} topic`, body: 'Mine.', category: 'calendars', kind: 'question', once: drawn() } });
  expect([again.status, new RegExp(`class="title"[^>]*>A ${CANARY}`).test(again.html)]).toEqual([200, false]);
  expect(await count()).toBe(before);
  const own = await world.visit('/forum/held?sent=1', { cookie: dora });
  expect([own.html.split(said).length - 1, own.html.includes('need not send it again'), own.roundTrips]).toEqual([2, true, 1]);
  expect((await world.visit('/el/forum/held', { cookie: dora })).html).toContain('Περιμένουν συντονιστή');
  expect((await world.visit('/forum/held', { cookie: chris })).html).not.toContain(said);
  expect((await world.visit(TOPIC, { cookie: dora })).html).toContain('1 post of yours in this topic waits for a moderator.');
  expect((await world.visit(TOPIC, { cookie: chris })).html).not.toContain('waits for a moderator');
  expect((await world.visit('/forum/held')).headers.get('location')).toContain('/sign-in');
});

test('a moderator chooses with boxes, publishes one and sends another back, by a plain form', async () => {
  const queue = await world.visit('/moderation', { cookie: mara });
  expect([queue.html.split(said).length - 1, queue.html.includes('Their post number'), queue.roundTrips]).toEqual([2, true, 1]);
  const ids = [...queue.html.matchAll(/name="held\[\]" value="(hld_\w+)"/g)].map(([, id]) => id!);
  expect(ids).toHaveLength(2);
  const without = await world.visit('/moderation', { cookie: mara, form: { action: 'held', decision: 'approve', once: drawn() } });
  expect([without.status, without.html.includes('Choose at least one.')]).toEqual([422, true]);
  const wordless = await world.visit('/moderation', { cookie: mara, form: { action: 'held', 'held[]': ids[1]!, decision: 'reject', once: drawn() } });
  expect([wordless.status, new RegExp(`value="${ids[1]}" checked`).test(wordless.html)]).toEqual([422, true]);
  expect((await world.visit('/moderation', { cookie: chris, form: { action: 'held', 'held[]': ids[0]!, decision: 'approve', once: drawn() } })).status).toBe(404);
  expect((await world.visit('/moderation', { cookie: mara, form: { action: 'held', 'held[]': ids[1]!, decision: 'reject', words: 'Say it once.', once: drawn() } })).status).toBe(303);
  expect((await world.visit('/moderation', { cookie: mara, form: { action: 'held', 'held[]': ids[0]!, decision: 'approve', once: drawn() } })).status).toBe(303);
  const own = (await world.visit('/forum/held', { cookie: dora })).html;
  expect([own.includes('The moderator wrote: Say it once.'), own.split(said).length - 1]).toEqual([true, 1]);
  expect((await world.visit(`/search?q=${CANARY}`)).html).toContain(CANARY);
});

test('who fills in what nobody sees, or sends at once, is asked for more; a listed network does not sign up', async () => {
  const form = { name: 'New', email: 'new@far.test', password: 'a long enough sentence' };
  expect((await world.visit('/sign-up')).html).toMatch(/name="homepage" tabindex="-1"/);
  for (const bad of [{ homepage: 'https://spam.example', once: drawn() }, { once: drawn(-5) }, { once: crypto.randomUUID() }] as Record<string, string>[]) {
    const page = await world.visit('/sign-up', { form: { ...form, ...bad } });
    expect([page.status, page.html.includes('data-stamp='), page.html.includes('value="new@far.test"')]).toEqual([422, true, true]);
  }
  const ada = await world.signedIn('ada@stoa.test');
  expect((await world.visit('/admin/moderation/screens', { cookie: ada, form: { action: 'add', kind: 'mail', pattern: '*@far.test', follows: 'block', once: drawn() } })).status).toBe(303);
  expect((await world.visit('/sign-up', { form: { ...form, once: drawn() } })).status).toBe(403);
  expect((await world.visit('/sign-up', { form: { ...form, email: 'new@near.test', once: drawn() } })).status).toBe(303);
});

test('a form that comes back after a refusal still tells when it was drawn first', async () => {
  const page = await world.visit('/sign-up', { form: { name: 'New', email: 'x', password: 'short', once: drawn(30) } });
  const once = /name="once" value="([^"]+)"/.exec(page.html)![1]!;
  expect((await world.visit('/sign-up', { form: { name: 'New', email: 'again@near.test', password: 'a long enough sentence', once } })).status).toBe(303);
});

test('words are tried out on their page, and a level is shown in words to whose it is, in numbers to moderators, and given by hand', async () => {
  const ada = await world.signedIn('ada@stoa.test');
  const at = '/admin/moderation/words';
  expect((await world.visit(at, { cookie: ada, form: { action: 'add', pattern: 'φάρμακο', follows: 'hold', once: drawn() } })).status).toBe(303);
  expect((await world.visit(at, { cookie: ada, form: { action: 'add', pattern: '(a+)+', isRegex: 'on', follows: 'hold', once: drawn() } })).html).toContain('not one of those that work here');
  expect((await world.visit(`${at}?text=${encodeURIComponent('ΦΑΡΜΑΚΟ')}`, { cookie: ada })).html).toContain('φάρμακο: Wait for a moderator');
  const own = await world.visit(pageOfChris, { cookie: chris });
  expect([own.html.includes('What you may do'), own.html.includes('Toward')]).toEqual([true, false]);
  const numbers = await world.visit(pageOfChris, { cookie: mara });
  expect([numbers.html.includes('Days here'), numbers.html.includes('What you may do')]).toEqual([true, false]);
  expect((await world.visit(pageOfChris, { cookie: dora })).html).not.toContain('id="trust"');
  expect((await world.visit(pageOfChris)).html).not.toContain('id="trust"');
  expect((await world.visit(pageOfChris, { cookie: mara, form: { action: 'trust', level: '2' } })).status).toBe(303);
  expect((await world.visit(pageOfChris, { cookie: chris })).html).toContain('“Member”');
});
