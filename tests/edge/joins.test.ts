import { afterAll, beforeAll, expect, test } from 'vitest';
import { guestLink, ratingLike } from '../../worker/tickets/link.ts';
import { drawn, edge } from '../support/edge.ts';
import { SECRET } from '../support/stoa.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const numberIn = (address: string | null) => Number(/\/tickets\/(\d+)/.exec(address ?? '')?.[1]);

async function asks(cookie: string, subject: string) {
  const sent = await world.visit('/tickets/new', { cookie, form: { subject, body: `Words of ${subject}`, anyway: '1', once: crypto.randomUUID() } });
  return numberIn(sent.headers.get('location'));
}

test('tickets are merged and unmerged by forms; the old address leads on, for guests by a link of its own', async () => {
  const [chris, agnes] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test')];
  const [first, second] = [await asks(chris, 'Export stops at row 500'), await asks(chris, 'My export stops after row 500')];
  const guest = await world.visit('/tickets/new', { form: { subject: 'By the link', body: 'Words.', anyway: '1', email: 'chris@acme.test', once: drawn() } });
  const link = guest.headers.get('location')!;
  const third = numberIn(link);

  await world.worker.tick('* * * * *');
  await expect.poll(async () => (await world.visit(`/agent/tickets/${first}`, { cookie: agnes })).html, { timeout: 10_000 }).toContain('Perhaps the same');
  const form = await world.visit(`/agent/tickets/${first}/merge`, { cookie: agnes });
  expect(form.html).toContain('My export stops after row 500');
  const wrong = await world.visit(`/agent/tickets/${first}/merge`, { cookie: agnes, form: { action: 'away', into: '999999' } });
  expect([wrong.status, wrong.html.includes('There is no ticket 999999.'), wrong.html.includes('value="999999"')]).toEqual([422, true, true]);
  const merged = await world.visit(`/agent/tickets/${first}/merge`, { cookie: agnes, form: { action: 'here', 'sources[]': String(second), more: String(third), share: 'on', once: crypto.randomUUID() } });
  expect([merged.status, merged.headers.get('location')]).toEqual([303, `/agent/tickets/${first}`]);

  const desk = await world.visit(`/agent/tickets/${first}`, { cookie: agnes });
  expect(desk.html).toContain(`From ticket ${second}`);
  for (const [path, cookie, to] of [[`/agent/tickets/${second}`, agnes, `/agent/tickets/${first}`], [`/tickets/${second}`, chris, `/tickets/${first}`], [`/el/tickets/${second}`, chris, `/el/tickets/${first}`]] as const) {
    const led = await world.visit(path, { cookie });
    expect([path, led.status, led.headers.get('location')]).toEqual([path, 301, to]);
  }
  const led = await world.visit(link);
  expect([led.status, numberIn(led.headers.get('location'))]).toEqual([301, first]);
  expect((await world.visit(led.headers.get('location')!)).status).toBe(200);
  for (const [asked, cookie, to] of [[`/tickets/${second}/rating?score=4`, chris, `/tickets/${first}/rating?score=4`], [`/el/tickets/${second}/rating`, chris, `/el/tickets/${first}/rating`], [link.replace('?', '/rating?'), '', ratingLike('', SECRET, first, 0)], [`${link.replace('?', '/rating?')}&score=2`, '', `${ratingLike('', SECRET, first, 0)}&score=2`]] as const) {
    const sent = await world.visit(asked, { cookie });
    expect([asked, sent.status, sent.headers.get('location')]).toEqual([asked, 302, to]);
    expect((await world.visit(to, { cookie })).status).toBe(200);
  }
  const late = await world.visit(link, { form: { action: 'reply', body: 'A late word.', once: crypto.randomUUID() } });
  expect([late.status, numberIn(late.headers.get('location'))]).toEqual([303, first]);
  expect((await world.visit(`/tickets/${first}`, { cookie: chris })).html).toContain('A late word.');

  const undone = await world.visit(`/agent/tickets/${second}/unmerge`, { cookie: agnes, form: { action: 'unmerge' } });
  expect([undone.status, undone.headers.get('location')]).toEqual([303, `/agent/tickets/${second}`]);
  expect((await world.visit(`/tickets/${second}`, { cookie: chris })).status).toBe(200);
});

test('a guest who takes part in somebody else’s ticket reads and writes there by their own link, as themself, and nowhere once that is undone', async () => {
  const [chris, agnes] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test')];
  const into = await asks(chris, 'Labels come out empty');
  const opened = await world.visit('/tickets/new', { form: { subject: 'Empty labels here', body: 'Words of a guest.', anyway: '1', email: 'guest@far.test', once: drawn() } });
  const link = opened.headers.get('location')!;
  const own = numberIn(link);
  const write = (body: string) => world.visit(link, { form: { action: 'reply', body, once: crypto.randomUUID() } });
  const merged = await world.visit(`/agent/tickets/${into}/merge`, { cookie: agnes, form: { action: 'here', more: String(own), share: 'on', once: crypto.randomUUID() } });
  expect(merged.status).toBe(303);
  const shared = await world.visit(link);
  expect([shared.status, shared.roundTrips, shared.html.includes('Words of Labels come out empty'), shared.html.includes('Words of a guest.')]).toEqual([200, 1, true, true]);
  const sent = await write('A late word of a guest.');
  expect([sent.status, sent.headers.get('location')!.split('#')[0]]).toEqual([303, link]);
  expect(await world.rows("select u.email from ticket_messages m join users u on u.id = m.author_id where m.body = 'A late word of a guest.'")).toMatchObject([{ email: 'guest@far.test' }]);
  const other = guestLink(SECRET, into);
  const key = other.split('key=')[1]!;
  expect([shared.html.includes(key), [...sent.headers].join().includes(key), (await world.visit(other)).status]).toEqual([false, false, 200]);
  expect((await world.visit(link.replace('?', '/rating?'))).status).toBe(404);
  await world.visit(`/agent/tickets/${into}`, { cookie: agnes, form: { action: 'change', status: 'closed' } });
  const followed = await write('After it was closed.');
  expect([followed.status, followed.headers.get('location')!.split('#')[0]]).toEqual([303, link]);
  expect(await world.rows("select u.email from ticket_messages m join users u on u.id = m.author_id where m.body = 'After it was closed.'")).toMatchObject([{ email: 'guest@far.test' }]);

  expect((await world.visit(`/agent/tickets/${own}/unmerge`, { cookie: agnes, form: { action: 'unmerge' } })).status).toBe(303);
  const back = await world.visit(link);
  expect([back.status, back.html.includes('Words of a guest.'), back.html.includes('Labels come out empty')]).toEqual([200, true, false]);
  expect((await write('Back again.')).headers.get('location')!.split('#')[0]).toBe(link);
  expect((await world.visit(`/tickets/${into}`, { cookie: chris })).html).not.toContain('Back again.');
});

test('a ticket is split and linked by forms, its history is a file, and it prints without notes', async () => {
  const [chris, agnes] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test')];
  const number = await asks(chris, 'Two things at once');
  await world.visit(`/tickets/${number}`, { cookie: chris, form: { action: 'reply', body: 'The second thing.', once: crypto.randomUUID() } });
  await world.visit(`/agent/tickets/${number}`, { cookie: agnes, form: { action: 'reply', visibility: 'internal', body: 'canary-of-print', once: crypto.randomUUID() } });
  const page = await world.visit(`/agent/tickets/${number}/split`, { cookie: agnes });
  const [, id] = /value="(msg_\w+)"[^>]*><span[^>]*>[^<]*The second thing/.exec(page.html)!;
  const split = await world.visit(`/agent/tickets/${number}/split`, { cookie: agnes, form: { 'messages[]': id!, mode: 'move', subject: 'The second', once: crypto.randomUUID() } });
  expect(split.status).toBe(303);
  for (const look of ['first', 'second']) expect([look, (await world.visit(split.headers.get('location')!, { cookie: agnes })).html.includes(`From ticket ${number}`)]).toEqual([look, true]);
  const links = await world.visit(`/agent/tickets/${number}/links`, { cookie: agnes });
  expect(links.html).toContain('The second');
  const linked = await world.visit(`/agent/tickets/${number}/links`, { cookie: agnes, form: { action: 'link', as: 'child', other: '2' } });
  expect(linked.status).toBe(303);
  expect((await world.visit(`/agent/tickets/${number}/history.csv`, { cookie: agnes })).html).toContain('Split a ticket');
  const log = JSON.parse((await world.visit(`/agent/tickets/${number}/history.json?type=ticket.linked`, { cookie: agnes })).html) as { type: string }[];
  expect(log.map(({ type }) => type)).toEqual(['ticket.linked']);
  expect((await world.visit(`/agent/tickets/${number}/print`, { cookie: agnes })).html).not.toContain('canary-of-print');
  expect((await world.visit(`/agent/tickets/${number}/print?notes=1`, { cookie: agnes })).html).toContain('canary-of-print');
});

test('what a solved ticket became is named, with the way there, in its history and to who asked', async () => {
  const [chris, agnes] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test')];
  const number = await asks(chris, 'A question for everybody');
  await world.visit(`/agent/tickets/${number}`, { cookie: agnes, form: { action: 'reply', visibility: 'public', status: 'solved', body: 'Like this.', once: crypto.randomUUID() } });
  const made = await world.visit(`/agent/tickets/${number}/publish`, { cookie: agnes, form: { category: 'getting-started', title: 'How is it done?', question: 'How?', answer: 'Like this.', once: crypto.randomUUID() } });
  expect(made.status).toBe(303);
  const topic = /\/forum\/topics\/(\d+)/.exec(made.headers.get('location')!)![1];
  for (const [page, cookie, label] of [[`/agent/tickets/${number}/history`, agnes, 'topic'], [`/agent/tickets/${number}`, agnes, 'topic'], [`/tickets/${number}`, chris, 'Published as a topic']] as const) {
    const { html } = await world.visit(page, { cookie });
    expect([page, html.includes(`${label}: <a href="/forum/topics/${topic}/how-is-it-done">How is it done?</a>`), /top_[0-9a-f]{20}/.test(html)]).toEqual([page, true, false]);
  }
});

test('a vendor answers a side conversation by the link of its letter; the customer’s page says nothing of it', async () => {
  const [chris, agnes] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test')];
  const number = await asks(chris, 'A broken part');
  const begun = await world.visit(`/agent/tickets/${number}/side`, { cookie: agnes, form: { action: 'open', subject: 'Spare parts', body: 'Do you have one?', name: 'Vera', email: 'vera@vendor.test', locale: 'en', once: crypto.randomUUID() } });
  expect(begun.status).toBe(303);
  const rows = await world.rows("select text from mails where to_address = 'vera@vendor.test'");
  const link = /https?:\/\/[^/\s]+(\/side\?key=\S+)/.exec(String(rows[0]!['text']))![1]!;
  const page = await world.visit(link);
  expect([page.status, page.html.includes('Do you have one?'), page.html.includes('A broken part'), page.roundTrips]).toEqual([200, true, false, 1]);
  expect((await world.visit(link, { form: { body: 'canary-of-vera', once: crypto.randomUUID() } })).status).toBe(303);
  expect((await world.visit(`/agent/tickets/${number}/side`, { cookie: agnes })).html).toContain('canary-of-vera');
  for (const path of [`/tickets/${number}`, '/tickets', `/search?q=canary`]) expect((await world.visit(path, { cookie: chris })).html).not.toMatch(/canary-of-vera|Spare parts|Vera/);
});
