import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

test('what browsers and people ask for by habit leads on', async () => {
  for (const [from, to] of [['/favicon.ico', '/favicon.svg'], ['/el/api/docs', '/api/docs']] as const) {
    const { status, headers } = await world.visit(from);
    expect([from, status === 301 || status === 302, headers.get('location')]).toEqual([from, true, to]);
    expect((await world.visit(to)).status).toBe(200);
  }
});

test('an address that is wrongly written is nowhere, in the language it begins with', async () => {
  for (const [path, says] of [['/%', 'There is nothing here'], ['/%E0%A4%A', 'There is nothing here'], ['/forum/%c3%28', 'There is nothing here'], ['/el/%zz', 'Δεν υπάρχει τίποτα εδώ']] as const) {
    const { status, html, headers } = await world.visit(path);
    expect([path, status, html.includes(`<h1>${says}</h1>`), headers.get('content-security-policy') !== null]).toEqual([path, 404, true, true]);
  }
});

test('a tag that no topic has is not found, and says where to go; it is there as soon as one has it', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  for (const who of [{}, { cookie }]) {
    const { status, html, roundTrips } = await world.visit('/tags/zanzibar', who);
    expect([status, html.includes('No topic is tagged “<bdi>zanzibar</bdi>”'), html.includes('href="/search?q=zanzibar"'), html.includes('href="/forum/new"'), roundTrips]).toEqual([404, true, true, true, 1]);
  }
  expect((await world.visit('/el/tags/zanzibar')).html).toContain('Κανένα θέμα δεν έχει ετικέτα «<bdi>zanzibar</bdi>»');
  const made = await world.visit('/forum/new', { cookie, form: { category: 'calendars', kind: 'question', title: 'From the island', body: 'Words.', tags: 'zanzibar', anyway: '1', once: crypto.randomUUID() } });
  expect(made.status).toBe(303);
  expect((await world.visit('/tags/zanzibar')).status).toBe(200);
});

test('a browser that brings a form of another site shows a page, in the language of what it asked for; a program is told in JSON', async () => {
  const send = (path: string, accept: string) => fetch(`${world.url}${path}`, { method: 'POST', redirect: 'manual', headers: { accept, origin: 'https://elsewhere.test', 'content-type': 'application/x-www-form-urlencoded' }, body: 'action=close' });
  for (const [path, says] of [['/tickets/1', 'This form came from another site'], ['/el/tickets/1', 'Η φόρμα ήρθε από άλλον ιστότοπο']] as const) {
    const answer = await send(path, 'text/html,*/*;q=0.8');
    expect([path, answer.status, answer.headers.get('content-type'), (await answer.text()).includes(`<h1>${says}</h1>`)]).toEqual([path, 403, 'text/html; charset=utf-8', true]);
  }
  for (const [path, accept] of [['/tickets/1', '*/*'], ['/api/v1/tickets', 'text/html, application/json']] as const) expect((await send(path, accept)).headers.get('content-type')).toContain('application/problem+json');
});
