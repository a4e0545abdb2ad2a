import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';
import { meaningService } from '../support/meaning.ts';

let service: Awaited<ReturnType<typeof meaningService>>;
let world: Awaited<ReturnType<typeof edge>>;
let chris = '';

beforeAll(async () => {
  service = await meaningService();
  world = await edge({ demo: true, meaning: { url: service.url, model: 'bags', key: 'a-key' } });
  chris = await world.signedIn('chris@acme.test');
  const form = { category: 'calendars', title: 'Zebra bill zebra', body: 'The zebra bill is a bill.', kind: 'question', anyway: '1', once: crypto.randomUUID() };
  expect((await world.visit('/forum/new', { cookie: chris, form })).status).toBe(303);
});
afterAll(async () => {
  await world?.close();
  service?.close();
});

const titles = (html: string) => [...html.matchAll(/<a class="title"[^>]*>(.*?)<\/a>/g)].map(([, title]) => title!.replace(/<\/?mark>/g, ''));

test('before the clock came by, a search goes by words; then the page and the API find what means the same, in one round trip', async () => {
  expect(titles((await world.visit('/search?q=invoice')).html)).not.toContain('Zebra bill zebra');
  for (const path of ['/search?q=invoice', '/search?q=invoice&type=topic', '/el/search?q=invoice']) {
    const seen = async () => {
      await world.worker.tick('* * * * *');
      const page = await world.visit(path);
      return [path, page.roundTrips, titles(page.html).includes('Zebra bill zebra')];
    };
    await expect.poll(seen, { timeout: 30_000, interval: 1_500 }).toEqual([path, 1, true]);
  }
  expect(titles((await world.visit('/search?q=invoice&type=article')).html)).not.toContain('Zebra bill zebra');
  const { items } = JSON.parse((await world.visit('/api/v1/search?q=invoice')).html) as { items: { title: string }[] };
  expect(items.map(({ title }) => title)).toContain('Zebra bill zebra');
  expect(service.state.keys).toEqual(new Set(['Bearer a-key']));
});

test('while the service is late or away a search goes by words, as quickly as ever', async () => {
  for (const manner of ['late', 'failing'] as const) {
    service.state.manner = manner;
    const began = Date.now();
    const page = await world.visit(`/search?q=${manner === 'late' ? 'zebra' : 'bill+zebra'}`);
    expect([page.status, page.roundTrips, titles(page.html)[0]]).toEqual([200, 1, 'Zebra bill zebra']);
    expect(Date.now() - began).toBeLessThan(1_400);
  }
});
