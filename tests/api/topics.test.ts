import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  world = await api();
  for (const [name, email] of [['chris', 'chris@acme.test'], ['dora', 'dora@acme.test'], ['mara', 'mara@stoa.test']] as const) tokens[name] = await world.tokenOf(email);
});
afterAll(() => world?.close());

const as = (name: string) => ({ token: tokens[name]! });
const opened = async () => (await world.call('POST', '/topics', { ...as('chris'), body: { category: 'calendars', title: 'A quokka in the calendar', body: 'Where from?', tags: ['animals'] } })).body.number as number;

test('its author changes a topic, and search, tags and address follow', async () => {
  const number = await opened();
  await world.call('POST', `/topics/${number}/posts`, { ...as('dora'), body: { body: 'From Rottnest.' } });
  const changed = await world.call('PATCH', `/topics/${number}`, { ...as('chris'), body: { title: 'A wallaby in the calendar', tags: ['marsupials'], kind: 'problem' } });
  expect(changed.body).toMatchObject({ number, title: 'A wallaby in the calendar', slug: 'a-wallaby-in-the-calendar', tags: ['marsupials'], kind: 'problem', category: { slug: 'calendars' } });
  const found = async (q: string) => (await world.call('GET', `/search?q=${q}`)).body.items.map((hit: { title: string }) => hit.title);
  expect(await found('wallaby')).toContain('A wallaby in the calendar');
  expect(await found('quokka')).toEqual([]);
  expect(await found('rottnest')).toEqual(['A wallaby in the calendar']);
  const tagged = async (tag: string) => (await world.call('GET', `/topics?tag=${tag}`)).body.items.length;
  expect([await tagged('marsupials'), await tagged('animals')]).toEqual([1, 0]);
});

test('another customer may not, a moderator may; a made-up category or an announcement of a customer names its field', async () => {
  const number = await opened();
  expect((await world.call('PATCH', `/topics/${number}`, { ...as('dora'), body: { title: 'Mine now' } })).status).toBe(403);
  expect((await world.call('PATCH', `/topics/${number}`, { body: { title: 'Mine now' } })).status).toBe(401);
  expect((await world.call('PATCH', `/topics/${number}`, { ...as('mara'), body: { kind: 'announcement' } })).body.kind).toBe('announcement');
  expect((await world.call('PATCH', `/topics/${number}`, { ...as('chris'), body: { category: 'nowhere' } })).body.errors).toEqual({ category: ['Choose a category.'] });
  expect((await world.call('PATCH', `/topics/${await opened()}`, { ...as('chris'), body: { kind: 'announcement' } })).body.errors).toEqual({ kind: ['Only moderators of a category announce there.'] });
});

test('of two who changed what they saw, the second is told; what changes nothing is no change', async () => {
  const number = await opened();
  const { revision } = (await world.call('GET', `/topics/${number}`)).body;
  const [first, second] = [await world.call('PATCH', `/topics/${number}`, { ...as('mara'), body: { title: 'First', revision } }), await world.call('PATCH', `/topics/${number}`, { ...as('chris'), body: { title: 'Second', revision } })];
  expect([first.status, second.status, second.body.title]).toEqual([200, 409, 'Conflict']);
  const same = await world.call('PATCH', `/topics/${number}`, { ...as('mara'), body: { title: 'First', tags: ['animals'] } });
  expect(same.body.revision).toBe(first.body.revision);
  const racing = await Promise.all(Array.from({ length: 6 }, (_, i) => world.call('PATCH', `/topics/${number}`, { ...as('mara'), body: { title: `Racer ${i}`, revision: first.body.revision } })));
  expect(racing.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
});

test('one vote a person, given and taken back as often as one likes; votes change nothing else', async () => {
  const number = await opened();
  const vote = (method: string, name: string) => world.call(method, `/topics/${number}/vote`, as(name));
  expect([(await vote('PUT', 'mara')).body, (await vote('PUT', 'mara')).body]).toEqual([{ votes: 1, voted: true }, { votes: 1, voted: true }]);
  await Promise.all(Array.from({ length: 5 }, () => vote('PUT', 'dora')));
  expect((await world.call('GET', `/topics/${number}`, as('chris'))).body).toMatchObject({ votes: 2, voted: false, revision: 1 });
  expect((await world.call('PATCH', `/topics/${number}/restrictions`, { ...as('chris'), body: { votesFrozen: true } })).status).toBe(403);
  const frozen = await world.call('PATCH', `/topics/${number}/restrictions`, { ...as('mara'), body: { votesFrozen: true } });
  expect([typeof frozen.body.votesFrozenAt, frozen.body.teamOnlyAt, (await vote('DELETE', 'dora')).status]).toEqual(['string', null, 409]);
  await world.call('PATCH', `/topics/${number}/restrictions`, { ...as('mara'), body: { votesFrozen: false } });
  const own = await vote('PUT', 'chris');
  expect([own.status, own.headers.get('content-type'), own.body.title]).toEqual([403, 'application/problem+json', 'Not allowed']);
  expect([(await vote('DELETE', 'mara')).body, (await vote('DELETE', 'mara')).body]).toEqual([{ votes: 1, voted: false }, { votes: 1, voted: false }]);
  expect((await world.call('PUT', `/topics/${number}/vote`)).status).toBe(401);
  expect((await world.call('PUT', '/topics/999999/vote', as('chris'))).status).toBe(404);
});
