import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const addressOf = (q: string, prefix = '') => `${prefix}/search?q=${encodeURIComponent(q)}`;
const titlesIn = (html: string) => [...html.replaceAll(/<\/?mark>/g, '').matchAll(/<a class="title"[^>]*>([^<]*)</g)].map(([, title]) => title);

test('operators are read by the page in both languages and by the API, in one round trip, and every one that is explained can be tried', async () => {
  const [all, some, greek] = [await world.visit(addressOf('calendar')), await world.visit(addressOf('calendar #calendars status:open')), await world.visit(addressOf('calendar #calendars κατάσταση:ανοιχτά', '/el'))];
  expect(titlesIn(some.html)).toHaveLength(1);
  expect(titlesIn(all.html).length).toBeGreaterThan(1);
  expect(titlesIn(greek.html).sort()).toEqual(titlesIn(some.html).sort());
  const byTag = await world.visit(addressOf('tag:sms'));
  expect([byTag.roundTrips, titlesIn(byTag.html).length > 0]).toEqual([1, true]);
  const { items } = JSON.parse((await world.visit(`/api/v1${addressOf('tag:sms')}`)).html) as { items: { title: string }[] };
  expect(items.map(({ title }) => title).slice(0, 30)).toEqual(titlesIn(byTag.html).slice(0, items.length));
  for (const prefix of ['', '/el']) {
    const tried = [...(await world.visit(`${prefix}/search`)).html.matchAll(/<dt[^>]*><a href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
    expect(tried.length).toBe(9);
    for (const href of tried) expect([href, (await world.visit(href)).status]).toEqual([href, 200]);
  }
});

test('somebody signed in keeps a search from its results, finds it on the search page, and removes it; a visitor is offered none', async () => {
  const [chris, dora] = [await world.signedIn('chris@acme.test'), await world.signedIn('dora@acme.test')];
  const at = addressOf('sms #calendars');
  expect((await world.visit(at)).html).not.toContain('id="save"');
  const saved = await world.visit(at, { cookie: chris, form: { action: 'save', name: 'SMS & calendars', once: crypto.randomUUID() } });
  expect([saved.status, saved.headers.get('location')]).toEqual([303, '/search?q=sms+%23calendars']);
  const page = await world.visit('/search', { cookie: chris });
  expect([page.roundTrips, page.html.includes('href="/search?q=sms+%23calendars"'), page.html.includes('SMS &amp; calendars')]).toEqual([1, true, true]);
  expect((await world.visit('/search', { cookie: dora })).html).not.toContain('calendars</bdi>');
  const refused = await world.visit(at, { cookie: chris, form: { action: 'save', name: ' ', once: crypto.randomUUID() } });
  expect([refused.status, refused.html.includes('Write a name.')]).toEqual([422, true]);
  await world.visit('/search', { cookie: chris, form: { action: 'remove', name: 'SMS & calendars' } });
  expect((await world.visit('/search', { cookie: chris })).html).not.toContain('SMS &amp; calendars');
});

test('the ten best come first, and more of them by a link that leads to where they go on', async () => {
  const first = await world.visit('/search?q=the');
  const [, more] = /<a[^>]* href="([^"]*more=1#more)"/.exec(first.html) ?? [];
  const all = await world.visit(more!.replaceAll('&amp;', '&').replace('#more', ''));
  expect([titlesIn(first.html).length, first.html.includes('The 10 best results'), first.html.includes('id="more"')]).toEqual([10, true, false]);
  expect(titlesIn(all.html).slice(0, 10)).toEqual(titlesIn(first.html));
  expect(titlesIn(all.html).length).toBeGreaterThan(10);
  expect(titlesIn(all.html.slice(all.html.indexOf('id="more"')))).toEqual(titlesIn(all.html).slice(10));
  expect(all.html).not.toContain('more=1#more');
  expect((await world.visit('/search?q=double+bookings+sunday')).html).not.toContain('more=1#more');
});

test('a title and a tag say why they were found, with a link to all with that tag, and nothing of what somebody wrote gets out of them', async () => {
  const cookie = await world.signedIn('chris@acme.test');
  await world.visit('/forum/new', { cookie, form: { category: 'calendars', kind: 'question', title: 'A <i>quagga</i> in the room', body: 'Nothing else.', tags: 'zedonk', anyway: '1', once: crypto.randomUUID() } });
  const [byTitle, byTag, greek] = [await world.visit(addressOf('quagga')), await world.visit(addressOf('zedonk')), await world.visit(addressOf('zedonk', '/el'))];
  expect(byTitle.html).toContain('>A &lt;i&gt;<mark>quagga</mark>&lt;/i&gt; in the room</a>');
  expect(byTag.html).toMatch(/<p class="tags facts"[^>]*>Tagged <a class="chip" href="\/tags\/zedonk"[^>]*><mark>zedonk<\/mark><\/a>/);
  expect(greek.html).toMatch(/Με ετικέτα <a class="chip" href="\/el\/tags\/zedonk"/);
  expect([byTitle.roundTrips, byTag.roundTrips]).toEqual([1, 1]);
});

test('what was typed turns nothing around but itself, wherever it is shown', async () => {
  const typed = '\u202ecba 🎉';
  const nothing = await world.visit(addressOf(typed));
  expect(nothing.html).toContain(`Nothing found for “<bdi>${typed}</bdi>”`);
  expect(nothing.html).toContain('<title>cba 🎉 · Stoa</title>');
  expect((await world.visit(addressOf(`calendar ${typed}`))).html).toContain(`for “<bdi>calendar ${typed}</bdi>”`);
  const cookie = await world.signedIn('cleo@stoa.test');
  for (const page of ['/csm', '/tickets', '/admin/accounts']) expect([page, (await world.visit(`${page}?q=${encodeURIComponent(typed)}`, { cookie })).html.includes(`“<bdi>${typed}</bdi>”`)]).toEqual([page, true]);
});

test('staff are led from the public search to tickets with the same words; nobody else is, and its results hold none', async () => {
  const [agnes, chris] = [await world.signedIn('agnes@stoa.test'), await world.signedIn('chris@acme.test')];
  const [staff, customer, visitor] = await Promise.all([agnes, chris, undefined].map((cookie) => world.visit(addressOf('invoice again'), cookie ? { cookie } : {})));
  expect(staff!.html).toMatch(/<a href="\/agent\/search\?q=invoice\+again"[^>]*>Tickets<\/a>/);
  for (const page of [customer!, visitor!]) expect(page.html).not.toContain('/agent/search');
  expect([staff!.roundTrips, customer!.roundTrips]).toEqual([1, 1]);
  expect(staff!.html).not.toMatch(/class="title" href="\/(agent\/)?tickets/);
  const [found, greek] = [await world.visit('/agent/search?q=invoices+again', { cookie: agnes }), await world.visit('/agent/search?q=υπενθυμισεισ', { cookie: agnes })];
  expect([found.roundTrips, found.html.includes('/agent/tickets/5"'), found.html.includes('<mark>invoices</mark>')]).toEqual([1, true, true]);
  expect(greek.html).toContain('<mark>υπενθυμίσεις</mark>');
  expect((await world.visit('/agent/search?q=invoice', { cookie: chris })).status).toBe(404);
  expect((await world.visit('/agent/search?q=invoice')).status).toBe(303);
});
