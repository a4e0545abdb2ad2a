import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const TOPIC = '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed';
const said = async (path: string) => {
  const { html, headers } = await world.visit(path);
  return [headers.get('x-robots-tag'), html.includes('<meta name="robots" content="noindex">'), html.includes('rel="canonical"')];
};

async function engines(choice: 'shown' | 'hidden') {
  const ada = await world.signedIn('ada@stoa.test');
  const page = await world.visit('/admin/categories', { cookie: ada });
  const at = /href="(\/admin\/categories\/[^"]+)"[^>]*>Calendars &amp; /.exec(page.html)![1]!;
  const { html } = await world.visit(at, { cookie: ada });
  const fieldOf = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const form = { ...Object.fromEntries(['name', 'slug', 'description', 'position', 'answerWithin', 'see', 'reply', 'create'].map((name) => [name, fieldOf(name)])), engines: choice, once: drawn() };
  expect((await world.visit(at, { cookie: ada, form })).status).toBe(303);
  return (await world.visit(at, { cookie: ada })).html;
}

test('an admin hides the topics of a category from search engines at once, and shows them again; people and feeds have them all the while', async () => {
  const pages = [TOPIC, `/el${TOPIC}`, '/forum/calendars'];
  for (const path of pages) expect([path, await said(path)]).toEqual([path, [null, false, true]]);
  for (const path of ['/sitemap/topics-1.xml', '/sitemap/hot.xml']) expect([path, (await world.visit(path)).html.includes(`${TOPIC}<`)]).toEqual([path, true]);
  expect(await engines('hidden')).toMatch(/<option value="hidden" selected/);
  for (const path of pages) expect([path, (await world.visit(path)).status, await said(path)]).toEqual([path, 200, ['noindex', true, false]]);
  for (const path of ['/sitemap/topics-1.xml', '/sitemap/hot.xml']) {
    const { html } = await world.visit(path);
    expect([path, html.includes('/forum/topics/1/'), html.includes('/forum/topics/')]).toEqual([path, false, true]);
  }
  for (const path of ['/forum/calendars/feed.xml', '/forum/topics/1/feed.xml', '/api/v1/topics/1', '/search?q=double+bookings']) expect([path, (await world.visit(path)).html.includes('ouble bookings')]).toEqual([path, true]);
  expect(await engines('shown')).toMatch(/<option value="shown" selected/);
  for (const path of pages) expect([path, await said(path)]).toEqual([path, [null, false, true]]);
});

test('the sitemap begins with what is hot, the hottest first', async () => {
  const parts = [...(await world.visit('/sitemap.xml')).html.matchAll(/\/sitemap\/([\w-]+)\.xml/g)].map(([, part]) => part);
  expect(parts).toEqual(['hot', 'articles', 'topics-1']);
  const hot = await world.visit('/sitemap/hot.xml');
  const numbers = [...hot.html.matchAll(/<loc>[^<]*:\d+\/forum\/topics\/(\d+)/g)].map(([, number]) => number);
  const list = [...(await world.visit('/forum?view=hot')).html.matchAll(/class="title" href="\/forum\/topics\/(\d+)/g)].map(([, number]) => number);
  expect([hot.roundTrips, numbers.slice(0, list.length)]).toEqual([1, list]);
  expect(new Set(numbers).size).toBe(numbers.length);
});
