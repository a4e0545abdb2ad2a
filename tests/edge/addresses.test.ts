import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

/** Where the link to the other language leads. */
const otherLanguage = (html: string) => /<a href="([^"]*)" hreflang=/.exec(html)?.[1]?.replaceAll('&#38;', '&').replaceAll('&amp;', '&');
/** Where the form that changes the theme comes back to. */
const cameFrom = (html: string) => /action="\/theme"[^>]*>\s*<input type="hidden" name="next" value="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#38;', '&').replaceAll('&amp;', '&');

test('who changes language or theme keeps what they searched for, and their filters', async () => {
  for (const at of ['/search?q=sms&type=topic', '/forum?view=unanswered', '/tickets/new?form=frm_demo_booking', '/sign-in?next=%2Fforum']) {
    const [english, greek] = [(await world.visit(at)).html, (await world.visit(`/el${at}`)).html];
    expect([otherLanguage(english), otherLanguage(greek)]).toEqual([`/el${at}`, at]);
    expect([cameFrom(english), cameFrom(greek)]).toEqual([at, `/el${at}`]);
  }
  expect(otherLanguage((await world.visit('/forum?utm_source=letter')).html)).toBe('/el/forum');
});

test('a guest who changes the language still has the key of their ticket', async () => {
  const sent = await world.visit('/tickets/new', { form: { email: 'guest-of-two-languages@example.org', subject: 'Two languages', body: 'Hello.', anyway: '1', once: drawn() } });
  const at = sent.headers.get('location')!;
  const other = otherLanguage((await world.visit(at)).html)!;
  expect(other).toBe(`/el${at}`);
  const page = await world.visit(other);
  expect([page.status, page.html.includes('Two languages')]).toEqual([200, true]);
});

test('the desk of somebody who reads Greek leads to Greek pages', async () => {
  const cookie = await world.signedIn('arno@stoa.test');
  await world.visit('/settings', { cookie, form: { name: 'Arno Vidal', locale: 'el', timeZone: 'Europe/Athens' } });
  const { html } = await world.visit('/agent', { cookie });
  expect(html).toContain('<html lang="el"');
  const led = [...html.matchAll(/href="([^"]*)"/g)].map(([, at]) => at);
  expect(led).toEqual(expect.arrayContaining(['/el', '/el/forum', '/el/moderation', '/el/kb', '/el/search', '/el/notifications', '/el/settings', '/agent', '/csm']));
  const article = await world.visit('/el/kb/start/what-is-stoa', { cookie });
  expect(article.html).toContain('href="/el/settings"');
});

test('whoever reads Greek and types an address without a language reads it in Greek; a link means the language that it says', async () => {
  const [nikos, chris] = [await world.signedIn('nikos@olive.test'), await world.signedIn('chris@acme.test')];
  const typed = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const to = async (path: string, cookie: string | undefined, headers: Record<string, string> = typed, method = 'GET') => {
    const { status, headers: said, html } = await world.visit(path, { method, headers, ...(cookie ? { cookie } : {}) });
    return said.get('location') ?? `${status} ${/<html lang="(\w+)"/.exec(html)?.[1] ?? ''}`.trim();
  };
  for (const path of ['/', '/forum?view=hot', '/tickets', '/kb', '/kb/start', '/tags/sms', '/search?q=sms&type=topic', '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed']) {
    const greek = path === '/' ? '/el' : `/el${path}`;
    const answer = await world.visit(path, { cookie: nikos, headers: typed });
    expect([path, answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([path, 302, greek, 'private, no-store']);
    expect(await to(greek, nikos)).toBe('200 el');
  }
  for (const site of ['same-origin', 'same-site', 'cross-site']) expect(await to('/forum', nikos, { ...typed, 'sec-fetch-site': site })).toBe('200 en');
  expect(await to('/forum', nikos, {})).toBe('200 en');
  expect(await to('/forum', nikos, { ...typed, 'sec-fetch-dest': 'empty' })).toBe('200 en');
  for (const path of ['/forum/feed.xml', '/kb/start/what-is-stoa']) expect(await to(path, nikos)).toMatch(/^200/);
  expect(await to('/forum', chris)).toBe('200 en');
  expect(await to('/el/forum', chris)).toBe('200 el');
  for (const path of ['/forum', '/el/forum']) expect(await to(path, undefined)).toBe(path === '/forum' ? '200 en' : '200 el');
  expect(await to('/agent/moderation', nikos)).toBe('/el/moderation');
});

test('a profile quotes posts as words, without their marks', async () => {
  const topic = await world.visit('/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed');
  expect(topic.html).toContain('<strong>Calendar → Exceptions</strong>');
  const handle = /\/people\/(agnes-holm[\w-]*)/.exec((await world.visit('/agent/ratings', { cookie: await world.signedIn('cleo@stoa.test') })).html)![1];
  const { html } = await world.visit(`/people/${handle}`);
  expect(html).toContain('choose Invoices → More →');
  expect(html).not.toContain('**');
});

test('reports are found from the desk, in the language of whoever looks', async () => {
  const cookie = await world.signedIn('nikos@olive.test');
  expect((await world.visit('/agent/moderation', { cookie })).headers.get('location')).toBe('/el/moderation');
  expect((await world.visit('/agent/moderation')).headers.get('location')).toBe('/moderation');
});

test('a line of text turns nothing around that stands beside it', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  const sent = await world.visit('/tickets/new', { cookie, form: { subject: '\u202e \u0007Invoice \u2066שלום\u2069', body: 'Hello.', anyway: '1' } });
  expect(/<h1[^>]*>(.*?)<\/h1>/.exec((await world.visit(sent.headers.get('location')!, { cookie })).html)?.[1]).toBe('Invoice שלום');
});

test('who opens a solved ticket again reads that somebody of the team reads it, while nobody has it', async () => {
  const at = (await world.visit('/tickets/new', { form: { email: 'again@example.org', subject: 'Back again', body: 'Hello.', anyway: '1', once: drawn() } })).headers.get('location')!;
  await world.visit(at, { form: { action: 'close' } });
  expect((await world.visit(at)).html).toContain('Nothing, unless you write again.');
  await world.visit(at, { form: { action: 'reply', body: 'It is back.' } });
  expect((await world.visit(at)).html).toContain('Someone from our staff reads it and answers here.');
});
