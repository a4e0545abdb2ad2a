import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const addressOf = (q: string, prefix = '') => `${prefix}/search?q=${encodeURIComponent(q)}`;
const titlesIn = (html: string) => [...html.matchAll(/<a class="title"[^>]*>([^<]*)</g)].map(([, title]) => title);

test('operators are read by the page in both languages and by the API, in one round trip, and every one that is explained can be tried', async () => {
  const [all, some, greek] = [await world.visit(addressOf('sms')), await world.visit(addressOf('sms #calendars status:noreplies')), await world.visit(addressOf('sms #calendars κατάσταση:αναπάντητα', '/el'))];
  expect(titlesIn(some.html).length).toBeLessThan(titlesIn(all.html).length);
  expect(titlesIn(greek.html).sort()).toEqual(titlesIn(some.html).sort());
  const byTag = await world.visit(addressOf('tag:sms'));
  expect([byTag.roundTrips, titlesIn(byTag.html).length > 0]).toEqual([1, true]);
  const { items } = JSON.parse((await world.visit(`/api/v1${addressOf('tag:sms')}`)).html) as { items: { title: string }[] };
  expect(items.map(({ title }) => title).slice(0, 30)).toEqual(titlesIn(byTag.html).slice(0, items.length));
  for (const prefix of ['', '/el']) {
    const tried = [...(await world.visit(`${prefix}/search`)).html.matchAll(/<dt[^>]*><a href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
    expect(tried.length).toBe(8);
    for (const href of tried) expect([href, (await world.visit(href)).status]).toEqual([href, 200]);
  }
});
