import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let ada: string;
let mara: string;
beforeAll(async () => {
  world = await edge();
  [ada, mara] = [await world.signedIn('ada@stoa.test'), await world.signedIn('mara@stoa.test')];
});
afterAll(() => world?.close());

const once = () => crypto.randomUUID();
const ask = (fields: Record<string, string>, prefix = '') => world.visit(`${prefix}/forum/new`, { cookie: mara, form: { title: 'A tagged topic', body: 'Words.', category: 'calendars', kind: 'question', anyway: '1', once: once(), ...fields } });

test('the address of a synonym leads to its tag, also out of the cache, and its feed does; and no longer when it is none', async () => {
  expect((await world.visit('/tags/sms')).html).toContain('href="/forum/topics/');
  expect((await world.visit('/tags/text-message')).status).toBe(404);
  const made = await world.visit('/admin/tags', { cookie: ada, form: { action: 'add', synonym: 'Text message', tag: 'sms', once: once() } });
  expect([made.status, made.headers.get('location')]).toEqual([303, '/admin/tags?saved=1']);
  for (const [from, to] of [['/tags/text-message', '/tags/sms'], ['/el/tags/text-message', '/el/tags/sms'], ['/tags/text-message/feed.xml', '/tags/sms/feed.xml']]) {
    const led = await world.visit(from!);
    expect([led.status, led.headers.get('location')]).toEqual([301, to]);
  }
  expect((await world.visit('/admin/tags', { cookie: ada })).html).toContain('<th scope="row">text-message</th>');
  expect((await world.visit('/admin/tags', { cookie: ada, form: { action: 'add', synonym: 'sms', tag: 'phone', once: once() } })).html).toContain('This tag has synonyms of its own. Remove them first.');
  await world.visit('/admin/tags', { cookie: ada, form: { action: 'remove', synonym: 'text-message' } });
  expect((await world.visit('/tags/text-message')).status).toBe(404);
});

test('the form offers the tags of a group, keeps what was chosen, and says beside the tags what a category asks for', async () => {
  const id = /value="(\w+)"[^>]*><span[^>]*>Calendars/.exec((await world.visit('/admin/tags/new', { cookie: ada })).html)![1]!;
  const group = await world.visit('/admin/tags/new', { cookie: ada, form: { action: 'save', name: 'Platform', tags: 'windows, mac', isOneOf: 'on', 'requiredIn[]': id, once: once() } });
  expect(group.headers.get('location')).toBe('/admin/tags?saved=1');
  await world.visit('/admin/tags/new', { cookie: ada, form: { action: 'save', name: 'Device', tags: 'phone, tablet', once: once() } });
  const form = (await world.visit('/forum/new', { cookie: mara })).html;
  expect(form).toMatch(/<label for="tags-tgr_\w+"[^>]*>Platform<\/label>\s*<p class="hint"[^>]*>Asked for in: Calendars/);
  const refused = await ask({ tags: 'printer', 'tags[]': 'tablet' });
  expect(refused.status).toBe(422);
  expect(refused.html).toMatch(/<p class="issue" id="tags-tgr_\w+-issue">This category asks for a tag of “Platform”: windows, mac\.<\/p>/);
  const [, platform] = /<label for="(tags-tgr_\w+)"[^>]*>Platform/.exec(form)!;
  expect(refused.html, 'the list on top leads to the field').toContain(`<a href="#${platform}">This category asks`);
  expect([refused.html.includes('id="tags-issue"'), refused.html.includes(`id="${platform}-issue"`)]).toEqual([false, true]);
  expect(refused.html).toMatch(/name="tags"[^>]*value="printer"/);
  expect(refused.html).toMatch(/name="tags\[\]" value="tablet" checked/);
  expect((await ask({ tags: 'printer' }, '/el')).html).toContain('Αυτή η κατηγορία ζητά μια ετικέτα από τις “Platform”: windows, mac.');
  const at = (await ask({ tags: 'printer', 'tags[]': 'mac' })).headers.get('location')!;
  const page = (await world.visit(at)).html;
  expect([page.includes('href="/tags/printer"'), page.includes('href="/tags/mac"')]).toEqual([true, true]);
  const edit = /\/forum\/posts\/\w+\/edit/.exec((await world.visit(at, { cookie: mara })).html)![0];
  expect((await world.visit(edit, { cookie: mara })).html).toMatch(/<option value="mac" selected/);
});

test('who moves a topic, or splits one, chooses the tag that the category asks for, beside which it says so', async () => {
  const at = (await world.visit('/forum/new', { cookie: mara, form: { category: 'payments', title: 'A topic that moves', body: 'Words.', kind: 'question', tags: 'printer', anyway: '1', once: once() } })).headers.get('location')!;
  const number = /topics\/(\d+)/.exec(at)![1]!;
  const page = `/moderation/topics/${number}`;
  const move = (more: object, start = '') => world.visit(start + page, { cookie: mara, form: { action: 'move', category: 'calendars', tags: 'printer', once: once(), ...more } });
  const refused = await move({});
  const [, field] = /<a href="#(tags-tgr_\w+)">This category asks for a tag of “Platform”/.exec(refused.html)!;
  expect([refused.status, refused.html.split(`id="${field}"`).length, refused.html.includes(`id="${field}-issue"`), refused.html.includes(`id="split-${field}-issue"`)]).toEqual([422, 2, true, false]);
  expect((await move({}, '/el')).html).toContain('Αυτή η κατηγορία ζητά μια ετικέτα από τις “Platform”');
  expect((await move({ 'tags[]': 'mac' })).status).toBe(303);
  expect((await world.visit(at)).html).toContain('href="/tags/mac"');

  await world.visit(`/forum/topics/${number}`, { cookie: mara, form: { action: 'reply', body: 'Another matter.', once: once() } });
  const [reply] = /pst_\w+/.exec(/name="posts\[\]"[^>]*/.exec((await world.visit(page, { cookie: mara })).html)![0])!;
  const split = (more: object) => world.visit(page, { cookie: mara, form: { action: 'split', title: 'Of its own', 'posts[]': reply, tags: '', once: once(), ...more } });
  const wrong = await split({});
  expect([wrong.status, wrong.html.includes(`<a href="#split-${field}">`), wrong.html.includes(`id="split-${field}-issue"`), wrong.html.includes(`id="${field}-issue"`)]).toEqual([422, true, true, false]);
  expect((await split({ 'tags[]': 'windows' })).status).toBe(303);
});

test('robots are told where the sitemap is', async () => {
  const robots = await world.visit('/robots.txt');
  expect([robots.status, robots.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(robots.html).toContain('Disallow: /settings\n');
  const at = /^Sitemap: (https?:\/\/\S+\/sitemap\.xml)$/m.exec(robots.html)![1]!;
  expect((await world.visit(new URL(at).pathname)).html).toContain('<sitemapindex');
});
