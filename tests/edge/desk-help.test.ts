import { afterAll, beforeAll, expect, test } from 'vitest';
import { conditionOf } from '../../worker/views/input.ts';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const asks = async (cookie: string, subject: string) => Number(/\/tickets\/(\d+)/.exec((await world.visit('/tickets/new', { cookie, form: { subject, body: 'Words.', anyway: '1', once: crypto.randomUUID() } })).headers.get('location')!)![1]);

test('beside a ticket stand what may help, and a link puts an article or topic into the answer', async () => {
  const [chris, agnes, ada] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test'), await world.signedIn('ada@stoa.test')];
  await world.visit('/agent/macros/new', { cookie: ada, form: { action: 'keep', name: 'Late SMS reminders', whose: 'all', en: 'SMS reminders follow the time zone of the calendar.', once: crypto.randomUUID() } });
  const [number, other] = [await asks(chris, 'SMS reminders arrive an hour late'), await asks(chris, 'My SMS reminders arrive late')];
  await world.worker.tick('* * * * *');
  await expect.poll(async () => (await world.visit(`/agent/tickets/${number}`, { cookie: agnes })).html, { timeout: 10_000 }).toContain('aria-label="May help"');
  const page = await world.visit(`/agent/tickets/${number}`, { cookie: agnes });
  const help = /<section[^>]*aria-label="May help".*?<\/section>/s.exec(page.html)![0];
  expect([page.roundTrips, help.includes(`/agent/tickets/${other}`), help.includes('Late SMS reminders')]).toEqual([1, true, true]);
  const link = /formaction="(\/agent\/tickets\/\d+\?link=[^"]+)"/.exec(help)![1]!.replaceAll('&amp;', '&');
  const brought = await world.visit(link, { cookie: agnes, form: { action: 'bring', body: 'Dear Chris', visibility: 'public', draft: '0' } });
  const filled = await world.visit(brought.headers.get('location')!.split('#')[0]!, { cookie: agnes });
  expect(filled.html).toMatch(/<textarea[^>]*>Dear Chris\n\n\[SMS reminders arrive an hour late\]\(http[^)]+\/forum\/topics\/2\/[^)]+\)<\/textarea>/);
  expect((await world.visit(`/agent/tickets/${number}?link=https://evil.example`, { cookie: agnes })).html).not.toMatch(/<textarea[^>]*>[^<]*evil\.example|href="[^"]*evil\.example/);
});

test('a macro fills in a change of many tickets, which is looked at, done, and taken back', async () => {
  const [agnes, ada] = [await world.signedIn('agnes@stoa.test'), await world.signedIn('ada@stoa.test')];
  await world.visit('/agent/macros/new', { cookie: ada, form: { action: 'keep', name: 'Escalate', whose: 'all', en: 'quillwort', priority: 'urgent', addTags: 'escalated', once: crypto.randomUUID() } });
  const one = async (sql: string) => (await world.rows(sql))[0]!;
  const chris = await world.signedIn('chris@acme.test');
  const number = await asks(chris, 'To be escalated');
  const macro = String((await one("select id from macros where name = 'Escalate'"))['id']);
  const chosen = { condition: JSON.stringify(conditionOf({})), ticket: String(number) };
  const filled = await world.visit(`/agent/bulk?${new URLSearchParams({ ...chosen, macro, fill: 'yes' })}`, { cookie: agnes });
  expect([filled.status, filled.html.includes('name="says"'), /value="urgent" selected/.test(filled.html), filled.html.includes('value="escalated"')]).toEqual([200, true, true, true]);
  expect((await one(`select priority from tickets where number = ${number}`))['priority']).toBe('normal');
  const looked = await world.visit(`/agent/bulk?${new URLSearchParams({ ...chosen, priority: 'urgent', addTags: 'escalated' })}`, { cookie: agnes });
  expect(looked.status).toBe(200);
  const started = await world.visit('/agent/bulk', { cookie: agnes, form: { ...chosen, priority: 'urgent', addTags: 'escalated', once: crypto.randomUUID() } });
  expect(started.status).toBe(303);
  expect(await one(`select priority, tags, messages_count from tickets where number = ${number}`)).toMatchObject({ priority: 'urgent', tags: '["escalated"]', messages_count: 1 });
  await world.visit(started.headers.get('location')!, { cookie: agnes, form: { action: 'revert', once: crypto.randomUUID() } });
  expect(await one(`select priority, tags from tickets where number = ${number}`)).toMatchObject({ priority: 'normal', tags: '[]' });
});

test('a customer whose ticket is part of one that they may not read is told so much as is true', async () => {
  const [chris, nikos, cleo] = [await world.signedIn('chris@acme.test'), await world.signedIn('nikos@olive.test'), await world.signedIn('cleo@stoa.test')];
  const [first, second] = [await asks(chris, 'Of Chris'), await asks(nikos, 'Of Nikos')];
  await world.visit(`/agent/tickets/${second}/merge`, { cookie: cleo, form: { action: 'away', into: String(first), accounts: 'on', once: crypto.randomUUID() } });
  const page = await world.visit(`/tickets/${second}`, { cookie: nikos });
  expect([page.status, page.html.includes('We are on it, together with other questions.'), page.html.includes('This ticket is closed'), page.html.includes('value="close"'), page.html.includes('Of Chris'), page.html.includes('name="body"')]).toEqual([200, true, false, false, false, true]);
});
