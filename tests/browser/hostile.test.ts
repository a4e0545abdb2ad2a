import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../api/support.ts';
import { closePages, openBrowser, signIn } from '../support/browser.ts';
import { faultsIn, frameOf, shown, watched } from './hostile.ts';
import { vectors } from './vectors.ts';

const people = ['mara', 'agnes', 'arno', 'cleo', 'ada'] as const;
type Each<T> = Record<(typeof people)[number], T>;

let world: Awaited<ReturnType<typeof api>>;
let browser: Browser;
let tokens: Each<string>;
let ids: Each<string>;
beforeAll(async () => {
  world = await api();
  browser = await openBrowser();
  const each = async (found: (who: string) => Promise<string>) => Object.fromEntries(await Promise.all(people.map(async (who) => [who, await found(`${who}@stoa.test`)]))) as Each<string>;
  tokens = await each((email) => world.tokenOf(email));
  ids = await each(async (email) => String((await world.sql('select id from users where email = ?', [email]))[0]!['id']));
});
afterAll(async () => {
  await closePages(browser);
  await world?.close();
});

const call = async (who: keyof typeof tokens, method: string, path: string, body: object) => {
  const answer = await world.call(method, path, { token: tokens[who], body });
  expect([answer.status, path, answer.body.errors]).toEqual([expect.toSatisfy((status: number) => status < 300), path, undefined]);
  return answer.body;
};
const title = (vector: string) => vector.slice(0, 200);
const name = (vector: string) => vector.slice(0, 80);
/** As many at a time as there are people to say them. */
const chunks = Array.from({ length: Math.ceil(vectors.length / people.length) }, (_, i) => vectors.slice(i * people.length, (i + 1) * people.length));

test('forty and more hostile texts as title, text, reply, tag and name run nothing, fetch nothing and stay where they are', { timeout: 300_000 }, async () => {
  const { page, happened, context } = await watched(browser, world.url);
  await page.goto(`${world.url}/forum/topics/2`);
  const frame = await frameOf(page);
  for (const chunk of chunks) {
    for (const [i, vector] of chunk.entries()) await call('ada', 'PATCH', `/people/${ids[people[i]!]}`, { name: name(vector) });
    const numbers: number[] = [];
    for (const [i, vector] of chunk.entries()) numbers.push((await call(people[i]!, 'POST', '/topics', { category: 'calendars', title: title(vector), body: vector, tags: chunk.map((one) => one.slice(0, 30)) })).number);
    for (const [i, vector] of chunk.entries()) if (i > 0) await call(people[i]!, 'POST', `/topics/${numbers[0]}/posts`, { body: `- ${vector}\n\n  <b>${vector}` });
    const { tags } = (await world.call('GET', `/topics/${numbers[0]}`)).body;
    await page.goto(`${world.url}/forum/topics/${numbers[0]}`);
    const at = page.url();
    const found = [...(await faultsIn(page)), ...(await happened()), ...(page.url() === at ? [] : [`led to ${page.url()}`])];
    expect([chunk, found, await frameOf(page), await page.locator('main article').count()]).toEqual([chunk, [], frame, chunk.length]);
    expect([shown((await page.textContent('h1'))!), await page.locator('h1 *').count()]).toEqual([shown(title(chunk[0]!)), 0]);
    expect((await page.locator('main article header').allTextContents()).map(shown)).toEqual(chunk.map((vector) => expect.stringContaining(shown(name(vector)))));
    expect(await page.locator('main .facts .chip[href*="/tags/"]').allTextContents()).toEqual(tags);
    await page.goto(`${world.url}/forum/calendars`);
    expect([chunk, await faultsIn(page), await happened()]).toEqual([chunk, [], []]);
    expect((await page.locator('main .title').allTextContents()).map(shown)).toEqual(expect.arrayContaining(chunk.map((vector) => shown(title(vector)))));
  }
  for (const path of ['/forum', '/search?q=hit', '/el/forum?view=hot', '/people/mara', '/moderation/log']) {
    await page.goto(world.url + path);
    expect([path, await faultsIn(page), await happened()]).toEqual([path, [], []]);
  }
  for (const feed of ['/forum/feed.xml', '/forum/calendars/feed.xml']) {
    const broken = await page.evaluate(async (path) => new DOMParser().parseFromString(await (await fetch(path)).text(), 'application/xml').querySelector('parsererror')?.textContent ?? '', feed);
    expect([feed, broken]).toEqual([feed, '']);
  }
  await context.close();
});

test('as subject and message of a ticket they do nothing at the desk either', { timeout: 300_000 }, async () => {
  const { page, happened, context } = await watched(browser, world.url);
  await signIn(page, world.url, 'agnes@stoa.test');
  await page.waitForURL(/agent/);
  await happened();
  for (const chunk of chunks) {
    const numbers: number[] = [];
    for (const vector of chunk) numbers.push((await call('agnes', 'POST', '/tickets', { subject: title(vector), body: vector })).number);
    for (const [i, vector] of chunk.entries()) await call('arno', 'POST', `/tickets/${numbers[0]}/messages`, { body: vector, visibility: i % 2 ? 'internal' : 'public' });
    for (const number of [numbers[0], numbers.at(-1)]) {
      await page.goto(`${world.url}/agent/tickets/${number}`);
      expect([chunk, await faultsIn(page), await happened()]).toEqual([chunk, [], []]);
      expect(shown((await page.textContent('h1'))!)).toContain(shown(title(number === numbers[0] ? chunk[0]! : chunk.at(-1)!)));
    }
  }
  await page.goto(`${world.url}/agent`);
  expect([await faultsIn(page), await happened()]).toEqual([[], []]);
  await context.close();
});

test('in a page without a sanitizer they do run, and all that is looked for is found', async () => {
  const { page, happened, context } = await watched(browser, world.url);
  await page.goto(`${world.url}/forum`);
  await page.evaluate((texts) => (document.querySelector('main')!.innerHTML = texts.map((text, i) => `<article id="post-${i}"><div class="prose">${text}</div></article>`).join('')), vectors.filter((vector) => !/http-equiv/.test(vector)));
  await page.waitForTimeout(500);
  const found = [...(await faultsIn(page)), ...(await happened())].join('\n');
  for (const part of ['hit ran in post-', 'has onerror', 'is none of a text’s', 'leads to ', 'was asked for']) expect(found).toContain(part);
  await context.close();
});
