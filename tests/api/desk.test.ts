import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  world = await api();
  for (const [name, email] of [['chris', 'chris@acme.test'], ['agnes', 'agnes@stoa.test'], ['arno', 'arno@stoa.test'], ['ada', 'ada@stoa.test']] as const) tokens[name] = await world.tokenOf(email);
});
afterAll(() => world?.close());

const ask = (name: string, method: string, path: string, body?: object) => world.call(method, path, { token: tokens[name]!, ...(body ? { body } : {}) });
const OPEN = { match: 'all', groups: [{ match: 'all', rows: [{ field: 'state', is: 'is', values: ['open'] }] }] };

test('an agent writes a macro, changes a part of it and leaves the rest, and nobody else sees it', async () => {
  const made = await ask('agnes', 'POST', '/macros', { name: 'Which version', folder: 'First', en: 'Which version is it?', status: 'pending', addTags: ['version'] });
  expect([made.status, made.body.isOwn, made.body.texts]).toEqual([201, true, { en: 'Which version is it?' }]);
  const { id } = made.body;
  const changed = await ask('agnes', 'PATCH', `/macros/${id}`, { el: 'Ποια έκδοση είναι;', status: null });
  expect(changed.body).toEqual({ ...made.body, texts: { en: 'Which version is it?', el: 'Ποια έκδοση είναι;' }, actions: { addTags: ['version'] } });
  expect((await ask('agnes', 'PATCH', `/macros/${id}`, { en: '{{nobody}}' })).body.errors.en).toHaveLength(1);
  for (const [method, body] of [['GET'], ['PATCH', { name: 'Taken' }], ['DELETE']] as const) expect([method, (await ask('arno', method, `/macros/${id}`, body)).status]).toEqual([method, 404]);
  expect([(await ask('agnes', 'DELETE', `/macros/${id}`)).status, (await ask('agnes', 'GET', `/macros/${id}`)).status]).toEqual([200, 404]);
});

test('macros for everyone are for who manages them, and stay everyone’s when they change', async () => {
  expect((await ask('agnes', 'POST', '/macros', { name: 'For all', en: 'Hello.', whose: 'all' })).status).toBe(403);
  expect((await ask('chris', 'POST', '/macros', { name: 'Mine', en: 'Hello.' })).status).toBe(403);
  const { id } = (await ask('ada', 'POST', '/macros', { name: 'For all', en: 'Hello.', whose: 'all' })).body;
  expect([(await ask('agnes', 'PATCH', `/macros/${id}`, { name: 'Mine' })).status, (await ask('agnes', 'DELETE', `/macros/${id}`)).status]).toEqual([403, 403]);
  expect((await ask('ada', 'PATCH', `/macros/${id}`, { name: 'For everybody' })).body).toMatchObject({ name: 'For everybody', isOwn: false, texts: { en: 'Hello.' } });
  expect((await ask('agnes', 'GET', `/macros/${id}`)).body.name).toBe('For everybody');
});

test('an agent saves a view of their own; one for everybody is for who keeps the settings', async () => {
  const made = await ask('agnes', 'POST', '/views', { name: 'Open ones', condition: OPEN, columns: ['priority'], sort: 'created' });
  expect(made.status).toBe(201);
  const { id } = made.body;
  expect((await ask('agnes', 'PATCH', `/views/${id}`, { name: 'All open ones' })).body).toEqual({ ...made.body, name: 'All open ones' });
  expect((await ask('agnes', 'GET', `/views/${id}/tickets`)).body.items.length).toBeGreaterThan(0);
  expect([(await ask('arno', 'PATCH', `/views/${id}`, { name: 'Taken' })).status, (await ask('arno', 'DELETE', `/views/${id}`)).status]).toEqual([404, 404]);
  expect(Object.keys((await ask('agnes', 'POST', '/views', { name: 'For all', scope: 'global', condition: OPEN })).body.errors)).toEqual(['scope']);
  expect([(await ask('agnes', 'PATCH', '/views/open', { name: 'Mine' })).status, (await ask('agnes', 'DELETE', '/views/open')).status]).toEqual([403, 403]);
  expect((await ask('ada', 'PATCH', '/views/open', { name: 'Open' })).body).toMatchObject({ id: 'open', name: 'Open', ownerId: null, groupId: null });
  expect([(await ask('agnes', 'DELETE', `/views/${id}`)).status, (await ask('agnes', 'GET', `/views/${id}`)).status]).toEqual([200, 404]);
});

test('who is away shows among the members of their groups', async () => {
  await world.sql("insert into groups (id, name, created_at) values ('grp_away', 'Away', 0)");
  await world.sql("insert into group_members (group_id, user_id) select 'grp_away', id from users where email in ('agnes@stoa.test', 'arno@stoa.test')");
  const away = async () => (await ask('arno', 'GET', '/groups')).body.items.find(({ id }: { id: string }) => id === 'grp_away').members.filter(({ isAway }: { isAway: boolean }) => isAway);
  expect(await away()).toEqual([]);
  expect((await ask('agnes', 'PUT', '/me/availability', { away: 'yes', hours: 8 })).body).toEqual({ away: true });
  const [one, ...others] = await away();
  expect([others.length, Math.round((Date.parse(one.awayUntil) - Date.now()) / 3_600_000)]).toEqual([0, 8]);
  await ask('agnes', 'PUT', '/me/availability', { away: 'no' });
  expect(await away()).toEqual([]);
  expect((await ask('chris', 'PUT', '/me/availability', { away: 'yes' })).status).toBe(403);
});

test('a draft of a ticket is kept, not written over by an older one, and thrown away', async () => {
  const draft = (name: string) => ask(name, 'GET', '/tickets/1/draft');
  expect((await draft('agnes')).body).toMatchObject({ body: '', revision: 0, savedAt: null });
  expect((await ask('agnes', 'PUT', '/tickets/1/draft', { body: 'To be said.', visibility: 'internal' })).body).toEqual({ revision: 1 });
  expect((await draft('agnes')).body).toMatchObject({ body: 'To be said.', visibility: 'internal', revision: 1 });
  expect((await draft('arno')).body.body).toBe('');
  expect((await ask('agnes', 'PUT', '/tickets/1/draft', { body: 'From elsewhere.' })).status).toBe(409);
  expect(Object.keys((await ask('agnes', 'PUT', '/tickets/1/draft', { body: 'x', draft: 1, visibility: 'intern' })).body.errors)).toEqual(['visibility']);
  expect((await ask('agnes', 'PUT', '/tickets/1/draft', { body: 'In other words.', draft: 1 })).body).toEqual({ revision: 2 });
  expect((await ask('agnes', 'DELETE', '/tickets/1/draft')).status).toBe(200);
  expect((await draft('agnes')).body.revision).toBe(0);
});

test('what is held is taken back, or sent now, by who wrote it', async () => {
  const { number } = (await ask('chris', 'POST', '/tickets', { subject: 'To be answered', body: 'Hello.' })).body;
  const hold = (id: string) => world.sql("insert into held_replies (id, ticket_id, author_id, body, status, revision, release_at) select ?, t.id, u.id, 'Held.', 'pending', 1, 4102444800000 from tickets t, users u where t.number = ? and u.email = 'agnes@stoa.test'", [id, number]);
  const held = async (name: string) => (await ask(name, 'GET', `/tickets/${number}/held`)).body.items?.map(({ id }: { id: string }) => id);
  const said = async () => (await ask('chris', 'GET', `/tickets/${number}/messages`)).body.items.map(({ body }: { body: string }) => body);
  await hold('msg_back');
  expect([await held('arno'), await held('chris')]).toEqual([['msg_back'], undefined]);
  expect((await ask('arno', 'DELETE', `/tickets/${number}/held/msg_back`)).status).toBe(403);
  expect((await ask('agnes', 'DELETE', `/tickets/${number}/held/msg_back`)).body).toEqual({ id: 'msg_back', number });
  expect([await held('agnes'), (await ask('agnes', 'GET', `/tickets/${number}/draft`)).body.body, await said()]).toEqual([[], 'Held.', ['Hello.']]);
  expect((await ask('agnes', 'DELETE', `/tickets/${number}/held/msg_back`)).status).toBe(409);
  await hold('msg_now');
  expect((await ask('arno', 'POST', `/tickets/${number}/held/msg_now/send`, {})).status).toBe(403);
  expect((await ask('agnes', 'POST', `/tickets/${number}/held/msg_now/send`, {})).status).toBe(200);
  expect([await held('agnes'), await said(), (await ask('chris', 'GET', `/tickets/${number}`)).body.status]).toEqual([[], ['Hello.', 'Held.'], 'pending']);
});

test('an admin says what a letter says, and lets it say again what it said', async () => {
  const chosen = async () => (await ask('ada', 'GET', '/mail-templates')).body.items.find(({ event, locale }: { event: string; locale: string }) => event === 'invitation' && locale === 'en');
  expect(await chosen()).toEqual({ event: 'invitation', locale: 'en', placeholders: ['account'], chosen: null });
  const words = { subject: 'Come in', text: 'To {{account}}.' };
  expect((await ask('ada', 'PUT', '/mail-templates/invitation/en', words)).body).toEqual({ event: 'invitation', locale: 'en' });
  expect((await chosen()).chosen).toEqual(words);
  expect(Object.keys((await ask('ada', 'PUT', '/mail-templates/invitation/en', { ...words, text: '{{nobody}}' })).body.errors)).toEqual(['text']);
  for (const path of ['/mail-templates/nothing/en', '/mail-templates/invitation/fr']) expect([path, (await ask('ada', 'PUT', path, words)).status]).toEqual([path, 404]);
  for (const [method, path] of [['GET', ''], ['PUT', '/invitation/en'], ['DELETE', '/invitation/en']] as const) expect([method, (await ask('agnes', method, `/mail-templates${path}`, method === 'PUT' ? words : undefined)).status]).toEqual([method, 403]);
  await ask('ada', 'DELETE', '/mail-templates/invitation/en');
  expect((await chosen()).chosen).toBeNull();
});
