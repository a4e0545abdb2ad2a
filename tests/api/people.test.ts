import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
beforeAll(async () => void (world = await api()));
afterAll(() => world?.close());

test('staff find people, customers do not; what a token changes counts on the next call', async () => {
  const [ada, agnes, chris] = await Promise.all(['ada@stoa.test', 'agnes@stoa.test', 'chris@acme.test'].map((email) => world.tokenOf(email)));
  const found = (await world.call('GET', '/people?q=doy', { token: agnes! })).body.items;
  expect(found).toMatchObject([{ name: 'Chris Doyle', email: 'chris@acme.test', account: { name: 'Acme Clinics' }, suspendedAt: null }]);
  expect(JSON.stringify(found)).not.toMatch(/password|hash/i);
  const id = found[0].id;
  expect([(await world.call('GET', '/people', { token: chris! })).status, (await world.call('GET', `/people/${id}`, { token: chris! })).status, (await world.call('GET', '/people')).status]).toEqual([403, 404, 401]);
  expect((await world.call('PATCH', `/people/${id}`, { token: agnes!, body: { name: 'x' } })).status).toBe(403);
  expect((await world.call('GET', '/me', { token: chris! })).body.accountId).not.toBeNull();
  for (const [field, value] of Object.entries({ role: 'admin', verifiedAt: null, revision: 9 })) expect(Object.keys((await world.call('PATCH', `/people/${id}`, { token: ada!, body: { account: null, [field]: value } })).body.errors)).toEqual([field]);
  expect((await world.call('PATCH', `/people/${id}`, { token: ada!, body: { account: null } })).body).toMatchObject({ account: null, role: 'customer' });
  expect((await world.call('GET', '/me', { token: chris! })).body.accountId).toBeNull();
});

test('a token invites customers, and gives nobody rights', async () => {
  const [ada, dora, chris] = await Promise.all(['ada@stoa.test', 'dora@acme.test', 'chris@acme.test'].map((email) => world.tokenOf(email)));
  expect((await world.call('POST', '/invitations', { token: ada!, body: { email: 'boss@stoa.test', role: 'admin' } })).status).toBe(403);
  expect((await world.call('POST', '/invitations', { token: dora!, body: { email: 'eve@acme.test', account: 'Acme Clinics', url: 'https://evil.example' } })).body.errors).toEqual({ url: ['This route has no such field.'] });
  expect((await world.call('POST', '/invitations', { token: dora!, body: { email: 'eve@acme.test', account: 'Acme Clinics' } })).status).toBe(201);
  expect((await world.call('POST', '/invitations', { token: dora!, body: { email: 'eve@olive.test', account: 'Olive & Sea Tours' } })).status).toBe(403);
  expect((await world.call('GET', '/invitations', { token: dora! })).body.items).toMatchObject([{ email: 'eve@acme.test', account: { name: 'Acme Clinics' } }]);
  expect((await world.call('GET', '/invitations', { token: chris! })).body.items).toEqual([]);
  const [letter] = await world.sql('select * from mails');
  expect(`${letter!['text']}${letter!['html']}`).not.toContain('evil');
});

test('what peers are told of one another is a name and a handle: no address, no account', async () => {
  const chris = await world.tokenOf('nikos@olive.test');
  for (const path of ['/topics', '/topics/1', '/topics/1/posts', '/ideas', '/ideas/1', '/search?q=calendar', '/suggestions?q=calendar', '/articles', '/accounts', '/feedback', '/people', '/invitations']) {
    for (const token of [undefined, chris]) expect([path, JSON.stringify((await world.call('GET', path, token ? { token } : {})).body)]).toEqual([path, expect.not.stringMatching(/@|acc_|accountId|Acme Clinics|"email"/)]);
  }
  const cookie = await world.signedIn('nikos@olive.test');
  for (const path of ['/forum', '/forum/calendars', '/forum/topics/1', '/search?q=calendar', '/people/chris', '/tags/sms']) {
    const page = await world.visit(path, { cookie });
    const at = page.headers.get('location') ?? path;
    const { html } = await world.visit(at, { cookie });
    expect([path, html]).toEqual([path, expect.not.stringMatching(/[\w.]+@(acme|stoa|nordic|lumen|pine|aegean)\.test|Acme Clinics|acc_/)]);
  }
});
