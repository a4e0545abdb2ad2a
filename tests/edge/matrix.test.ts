import { afterAll, beforeAll, expect, test } from 'vitest';
import { api, canaries, each, type Entry, matrixWorld, pages, type Principal, principals } from './matrix.ts';

let world: Awaited<ReturnType<typeof matrixWorld>>;
beforeAll(async () => void (world = await matrixWorld()));
afterAll(() => world?.close());

const files = Object.keys(import.meta.glob('../../src/pages/**/*.{astro,ts}'))
  .map((file) => file.replace('../../src/pages', '').replace(/\.(astro|ts)$/, '').replace(/\/index$/, '') || '/')
  .sort();

/** Whether an answer is one that was not refused for who asked. */
const passes = (verdict: string) => ['ok', 'go', '409', '422'].includes(verdict);
const isWrite = ({ method }: Entry) => method !== 'GET';
const all = [...pages.map((entry) => ({ entry, prefix: '' })), ...api.map((entry) => ({ entry, prefix: '/api/v1' }))];
const checks = all.flatMap((one) => principals.map((who) => ({ ...one, who })));
const isAllowed = ({ entry, who }: (typeof checks)[number]) => isWrite(entry) && passes(entry.expected[who]);

const leaks: string[] = [];

/** What was answered otherwise than the table says, and the canaries that flew. */
async function wrongs(some: typeof checks): Promise<string[]> {
  const found: string[] = [];
  await each(some, async ({ entry, prefix, who }) => {
    const { verdict, text } = await world.ask(who, entry, prefix);
    const expected = entry.expected[who];
    const fits = isWrite(entry) && passes(expected) ? passes(verdict) : verdict === expected;
    if (!fits) found.push(`${who}: ${entry.method} ${prefix}${entry.address} (${entry.what}) is ${verdict}, not ${expected}`);
    for (const [canary, entitled] of Object.entries(canaries)) if (text.includes(canary) && !entitled.includes(who)) leaks.push(`${canary} for ${who}: ${entry.method} ${prefix}${entry.address}`);
  });
  return found.sort();
}

test('every page and every route of the router’s own table is in matrix.md, and nothing else', async () => {
  expect(files.filter((file) => !pages.some(({ what }) => what === file))).toEqual([]);
  expect(pages.map(({ what }) => what).filter((what) => !files.includes(what))).toEqual([]);
  const { paths } = JSON.parse((await world.visit('/api/v1/openapi.json')).html) as { paths: Record<string, Record<string, unknown>> };
  const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  expect(routes.filter((route) => !api.some(({ what }) => what === route))).toEqual([]);
  expect(api.map(({ what }) => what).filter((what) => !routes.includes(what))).toEqual([]);
});

test('who may read what, and a refused change changes nothing', { timeout: 180_000 }, async () => {
  const safe = checks.filter((check) => !isAllowed(check));
  const before = await world.fingerprint();
  expect(await wrongs(safe)).toEqual([]);
  expect(await world.fingerprint()).toEqual(before);
  expect(checks.length).toBeGreaterThan(1_000);
});

test('those see it for whom it is', async () => {
  const ticket = pages.find(({ address }) => address === '/agent/tickets/9001')!;
  for (const who of ['light agent', 'agent', 'CSM', 'admin'] satisfies Principal[]) expect((await world.ask(who, ticket)).text).toContain('canary-of-a-note');
  const topic = pages.find(({ address }) => address.startsWith('/forum/topics/1/'))!;
  for (const who of ['light agent', 'agent', 'CSM', 'admin'] satisfies Principal[]) expect([who, (await world.ask(who, topic)).text.includes('canary-of-a-plan')]).toEqual([who, true]);
  const account = pages.find(({ address }) => address === '/csm/accounts/<acme>')!;
  for (const who of ['light agent', 'agent', 'CSM', 'admin'] satisfies Principal[]) expect([who, (await world.ask(who, account)).text.includes('canary-of-health')]).toEqual([who, true]);
  for (const page of [ticket, topic, account]) expect([page.what, (await world.ask('agent', page)).text.includes('data-health')]).toEqual([page.what, true]);
  expect((await world.ask('customer', pages.find(({ address }) => address === '/tickets/9001')!)).text).toContain('canary-of-chris');
});

test('who may change what', { timeout: 180_000 }, async () => {
  const [leaving, staying] = [checks.filter((check) => isAllowed(check) && check.entry.what === '/sign-out'), checks.filter((check) => isAllowed(check) && check.entry.what !== '/sign-out')];
  expect([...(await wrongs(staying)), ...(await wrongs(leaving))]).toEqual([]);
});

test('no answer told anyone what is not for them', () => {
  expect(leaks).toEqual([]);
});
