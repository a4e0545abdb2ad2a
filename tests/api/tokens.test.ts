import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../worker/platform/signature.ts';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
let token: string;
beforeAll(async () => {
  world = await api();
  token = await world.tokenOf('chris@acme.test');
});
afterAll(() => world?.close());

test('a token is told once, kept as a hash, listed by its beginning, and refused as soon as it is revoked', async () => {
  const made = await world.call('POST', '/tokens', { token, body: { name: 'For a script', scope: 'write' } });
  expect(made.status).toBe(201);
  const { id, token: secret, prefix } = made.body;
  expect(secret).toMatch(/^stoa_[\w-]{32}$/);
  expect(secret.startsWith(prefix)).toBe(true);
  const [row] = await world.sql('select * from tokens where id = ?', [id]);
  expect(row!['hash']).toBe(hashOf(secret));
  const kept = JSON.stringify([row, await world.sql('select * from outbox where subject = ?', [id]), await world.sql('select * from once')]);
  expect(kept).not.toContain(secret);
  expect((await world.call('GET', '/me', { token: secret })).body).toMatchObject({ email: 'chris@acme.test', scope: 'write' });
  const list = (await world.call('GET', '/tokens', { token: secret })).body.items;
  expect(list.find((one: { id: string }) => one.id === id)).toMatchObject({ name: 'For a script', scope: 'write', prefix });
  expect(JSON.stringify(list)).not.toContain(secret);
  expect((await world.call('DELETE', `/tokens/${id}`, { token })).body).toEqual({ id });
  expect((await world.call('GET', '/me', { token: secret })).status).toBe(401);
  expect((await world.call('DELETE', `/tokens/${id}`, { token })).status).toBe(404);
});

test('a token that can only read makes none, and none that can write', async () => {
  const reader = (await world.call('POST', '/tokens', { token, body: { name: 'Reader', scope: 'read' } })).body.token;
  for (const scope of ['read', 'write']) expect((await world.call('POST', '/tokens', { token: reader, body: { name: 'More', scope } })).status).toBe(403);
  expect((await world.call('POST', '/topics/1/posts', { token: reader, body: { body: 'Hello.' } })).status).toBe(403);
  expect((await world.call('GET', '/me', { token: reader })).body.scope).toBe('read');
});

test('tokens expire: in thirty days when not said, within a year, and then at once', async () => {
  const made = (await world.call('POST', '/tokens', { token, body: { name: 'Usual' } })).body;
  expect(Math.round((Date.parse(made.expiresAt) - Date.parse(made.createdAt)) / 86_400_000)).toBe(30);
  for (const expiresAt of [new Date(Date.now() - 1_000).toISOString(), new Date(Date.now() + 400 * 86_400_000).toISOString(), 'tomorrow']) {
    expect((await world.call('POST', '/tokens', { token, body: { name: 'x', expiresAt } })).body.errors.expiresAt).toHaveLength(1);
  }
  await world.sql('update tokens set expires_at = ? where id = ?', [Date.now() - 1, made.id]);
  expect((await world.call('GET', '/me', { token: made.token })).status).toBe(401);
});

test('nobody sees or revokes the tokens of another; without one there is none', async () => {
  const { id } = (await world.call('POST', '/tokens', { token, body: { name: 'Mine' } })).body;
  const ada = await world.tokenOf('ada@stoa.test');
  expect((await world.call('DELETE', `/tokens/${id}`, { token: ada })).status).toBe(404);
  expect(JSON.stringify((await world.call('GET', '/tokens', { token: ada })).body)).not.toContain(id);
  for (const [method, path] of [['GET', '/tokens'], ['GET', '/me'], ['DELETE', `/tokens/${id}`]] as const) expect([path, (await world.call(method, path)).status]).toEqual([path, path === `/tokens/${id}` ? 404 : 401]);
  expect((await world.call('POST', '/tokens', { body: { name: 'x' } })).status).toBe(401);
});
