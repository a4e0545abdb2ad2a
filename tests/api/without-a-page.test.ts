import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
beforeAll(async () => {
  world = await api();
});
afterAll(() => world?.close());

interface Sent {
  type?: string;
  body?: BodyInit;
  method?: string;
  headers?: Record<string, string>;
  path?: string;
}

/** A change as it comes, with no header that is not said here. */
async function send({ type, body = JSON.stringify({ subject: 'By hand', body: 'Hello.', email: 'guest@guests.test' }), method = 'POST', headers = {}, path = '/api/v1/tickets' }: Sent) {
  const answer = await fetch(world.url + path, { method, headers: { ...(type === undefined ? {} : { 'content-type': type }), ...headers }, ...(method === 'DELETE' ? {} : { body }) });
  return { status: answer.status, said: await answer.text() };
}

const opened = async () => Number((await world.sql("select count(*) n from tickets where subject = 'By hand'"))[0]!['n']);
const JSON_TYPES = ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'];
/** All that a form of a page, or a script of another site without asking first, can say it sends. */
const OF_FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'text/plain; charset=application/json', 'text/plain;application/json', undefined];
const FOREIGN: Record<string, string>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }];

test('a guest opens a ticket by a plain call, as the description says', async () => {
  for (const type of JSON_TYPES) expect([type, (await send({ type })).status]).toEqual([type, 201]);
  expect(await opened()).toBe(JSON_TYPES.length);
});

test('a plain call that needs somebody hears that, and not of forms', async () => {
  expect((await send({ type: 'application/json', path: '/api/v1/topics', body: JSON.stringify({ category: 'calendars', title: 'By hand', body: 'Hello.' }) })).status).toBe(401);
  expect((await send({ method: 'DELETE', path: '/api/v1/topics/1/vote' })).status).toBe(401);
});

test('what another site can send is refused, whatever it says it is, with cookies and without', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  const before = await opened();
  for (const type of [...OF_FORMS, ...JSON_TYPES])
    for (const foreign of FOREIGN)
      for (const own of [{}, { cookie }, { cookie: 'anything=1' }] as Record<string, string>[]) {
        const answer = await send({ ...(type === undefined ? { body: new Blob([JSON.stringify({ subject: 'By hand', body: 'Hello.', email: 'guest@guests.test' })]) } : { type }), headers: { ...foreign, ...own } });
        expect([type, foreign, own, answer.status]).toEqual([type, foreign, own, 403]);
        expect(answer.said).toContain('This form was sent from another site.');
      }
  expect(await opened()).toBe(before);
});

test('an old browser that tells of no site is refused too: by what a form can say, and by its cookies', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  const blob = () => new Blob([JSON.stringify({ subject: 'By hand', body: 'Hello.', email: 'guest@guests.test' })]);
  const before = await opened();
  for (const type of OF_FORMS) for (const headers of [{}, { cookie }] as Record<string, string>[]) expect([type, headers, (await send({ ...(type === undefined ? { body: blob() } : { type }), headers })).status]).toEqual([type, headers, 403]);
  for (const type of JSON_TYPES) expect([type, (await send({ type, headers: { cookie } })).status]).toEqual([type, 403]);
  for (const method of ['DELETE', 'PUT', 'PATCH']) expect([method, (await send({ type: 'application/json', method, path: '/api/v1/topics/1/vote', headers: { cookie } })).status]).toEqual([method, 403]);
  expect(await opened()).toBe(before);
});

test('pages take no such call', async () => {
  for (const path of ['/tickets/new', '/sign-in', '/el/tickets/new', '/api', '/apis/x']) expect([path, (await send({ type: 'application/json', path })).status]).toEqual([path, 403]);
});
