import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let agnes: string;
let ada: string;
beforeAll(async () => {
  world = await edge();
  [agnes, ada] = [await world.signedIn('agnes@stoa.test'), await world.signedIn('ada@stoa.test')];
});
afterAll(() => world?.close());

const once = () => crypto.randomUUID();
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]?.replaceAll('&quot;', '"').replaceAll('&#34;', '"') ?? '';
const open = { match: 'all', 'match-0': 'all', 'field-0-0': 'state', 'is-0-0': 'is', 'value-0-0[]': 'open' };

test('the default views stand beside the queue with their counts, in the reader’s language', async () => {
  const { html } = await world.visit('/agent', { cookie: agnes });
  for (const [view, name] of [['mine', 'My open tickets'], ['unassigned', 'Nobody’s'], ['waiting', 'Waiting for us'], ['pending', 'Waiting for customers'], ['solved', 'Solved lately'], ['open', 'All open'], ['questions', 'Questions waiting']] as const) {
    expect(html).toMatch(new RegExp(`href="/agent/views/${view}"[^>]*><span[^>]*>${name}</span><span[^>]*>\\d+`));
  }
  const { html: all } = await world.visit('/agent/views/open', { cookie: agnes });
  const count = Number(/href="\/agent\/views\/open" aria-current="page"[^>]*><span[^>]*>All open<\/span><span[^>]*>(\d+)/.exec(all)![1]);
  expect(all.match(/<li class="row queue-row/g)).toHaveLength(count);
});

test('a view is written without a script: conditions come and go, what fits is shown before it is saved', async () => {
  const edit = '/agent/views/new/edit';
  const post = (form: Record<string, string>) => world.visit(edit, { cookie: agnes, form: { name: 'SMS', sort: 'message', position: '5', ...open, ...form } });
  const added = await post({ action: 'add-0', 'new-0': 'tag' });
  expect([added.status, added.html.includes('name="field-0-1" value="tag"'), added.html.includes('value="SMS"')]).toEqual([200, true, true]);
  const second = await post({ action: 'group' });
  expect(second.html).toContain('name="match-1"');
  const dropped = await post({ action: 'drop-0-1', 'field-0-1': 'tag', 'is-0-1': 'is', 'value-0-1': 'sms' });
  expect(dropped.html).not.toContain('name="field-0-1"');
  const empty = await post({ action: 'preview', 'field-0-1': 'tag', 'is-0-1': 'is', 'value-0-1': '' });
  expect([empty.status, empty.html.includes('Fill in every condition.')]).toEqual([422, true]);
  const looked = await post({ action: 'preview', 'field-0-1': 'tag', 'is-0-1': 'is', 'value-0-1': 'dst' });
  expect([looked.status, /\d+ tickets? fits? now\./.test(looked.html), looked.html.includes('Double bookings after the clock change')]).toEqual([200, true, true]);
  const saved = await post({ action: 'save', 'field-0-1': 'tag', 'is-0-1': 'is', 'value-0-1': 'dst', 'columns[]': 'tags', once: once() });
  const at = saved.headers.get('location')!;
  expect([saved.status, at]).toEqual([303, expect.stringMatching(/^\/agent\/views\/vew_/)]);
  const [first, again] = [await world.visit(at, { cookie: agnes }), await world.visit(at, { cookie: agnes })];
  expect([first.html.includes('Double bookings after the clock change'), again.roundTrips]).toEqual([true, 1]);
  expect((await world.visit(at, { cookie: ada })).status).toBe(404);
  expect((await world.visit(`${at}/edit`, { cookie: agnes, form: { action: 'remove' } })).status).toBe(303);
  expect((await world.visit(at, { cookie: agnes })).status).toBe(404);
});

test('the next ticket is one that nobody else works on', async () => {
  const next = async (cookie: string, form: Record<string, string> = {}) => (await world.visit('/agent/views/open/next', { cookie, form: { number: '', ...form } })).headers.get('location')!;
  const first = await next(agnes);
  expect(first).toMatch(/^\/agent\/tickets\/\d+\?view=open$/);
  const other = await next(ada);
  expect([other === first, await next(agnes) === first]).toEqual([false, true]);
  const number = /\d+/.exec(first)![0];
  const skipped = await next(agnes, { number, skip: 'yes' });
  expect([first, other]).not.toContain(skipped);
  expect((await world.visit(skipped, { cookie: agnes })).status).toBe(200);
  expect((await world.visit('/agent/views/open/next', { cookie: agnes })).headers.get('location')).toBe('/agent/views/open');
  expect((await world.visit('/agent/views/none/next', { cookie: agnes, form: { number: '' } })).status).toBe(404);
});

test('many tickets: chosen, looked at, changed, each with what came of it, and taken back', async () => {
  const list = await world.visit('/agent/views/open', { cookie: agnes });
  const condition = hidden(list.html, 'condition');
  const chosen = new URLSearchParams({ condition, back: '/agent/views/open', all: 'yes' });
  const form = await world.visit(`/agent/bulk?${chosen}`, { cookie: agnes });
  expect([form.status, form.roundTrips, /\d+ tickets are chosen\./.test(form.html), form.html.includes('The first of them')]).toEqual([200, 1, true, false]);
  expect(/<form method="get"[^>]*action="\/agent\/bulk".*?<button([^>]*)>/s.exec(form.html)![1], 'what Enter does').not.toContain('name=');
  const wish = { bound: hidden(form.html, 'bound'), at: hidden(form.html, 'at'), addTags: 'swept' };
  const looked = await world.visit(`/agent/bulk?${chosen}&${new URLSearchParams(wish)}`, { cookie: agnes });
  expect(looked.html).toMatch(/\d+ of them change\./);
  const body = { ...Object.fromEntries(chosen), ...wish, once: once() };
  const [started, twice] = [await world.visit('/agent/bulk', { cookie: agnes, form: body }), await world.visit('/agent/bulk', { cookie: agnes, form: body })];
  const at = started.headers.get('location')!;
  expect([started.status, twice.headers.get('location')]).toEqual([303, at]);
  const done = await world.visit(at, { cookie: agnes });
  expect([done.status, done.roundTrips, done.html.includes('<h1>Done</h1>'), done.html.includes('Take it back')]).toEqual([200, 1, true, true]);
  expect((await world.visit(at, { cookie: ada })).status).toBe(404);
  expect((await world.visit(at, { cookie: agnes, form: { action: 'revert' } })).status).toBe(303);
  expect((await world.visit(at, { cookie: agnes })).html).toContain('<h1>Taken back</h1>');
  const nothing = await world.visit('/agent/bulk', { cookie: agnes, form: { ...Object.fromEntries(chosen), once: once() } });
  expect([nothing.status, nothing.html.includes('Say what to change.')]).toEqual([422, true]);
});

test('groups are made by who keeps the settings, and a ticket is given to one', async () => {
  const people = (await world.visit('/admin/groups/new', { cookie: ada })).html;
  const id = /name="members\[\]" value="(\w+)"[^>]*><span[^>]*>Agnes/.exec(people)![1]!;
  expect((await world.visit('/admin/groups/new', { cookie: ada, form: { action: 'save', name: 'Billing', 'members[]': id } })).status).toBe(303);
  expect((await world.visit('/admin/groups', { cookie: ada })).html).toMatch(/Billing<\/a>[\s\S]*Agnes Holm/);
  const ticket = (await world.visit('/agent/tickets/1', { cookie: agnes })).html;
  const group = /<option value="(grp_\w+)"[^>]*>Billing/.exec(ticket)![1]!;
  expect((await world.visit('/agent/tickets/1', { cookie: agnes, form: { action: 'change', group } })).status).toBe(303);
  expect((await world.visit(`/agent?group=${group}`, { cookie: agnes })).html.match(/<li class="row queue-row/g)).toHaveLength(1);
});

test('where an answer is promised, questions stand beside the tickets, late ones marked', async () => {
  const list = (await world.visit('/admin/categories', { cookie: ada })).html;
  const at = /href="(\/admin\/categories\/\w+)"[^>]*>Mobile app/.exec(list)![1]!;
  const kept = (await world.visit(at, { cookie: ada })).html;
  const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(kept)?.[1] ?? '';
  const fields = { name: 'Mobile app', slug: 'mobile', description: value('description'), position: value('position'), see: '', reply: '', create: '' };
  const wrong = await world.visit(at, { cookie: ada, form: { ...fields, answerWithin: 'soon', once: once() } });
  expect([wrong.status, wrong.html.includes('Write a whole number of hours.')]).toEqual([422, true]);
  expect((await world.visit(at, { cookie: ada, form: { ...fields, answerWithin: '4', once: once() } })).status).toBe(303);
  const chris = await world.signedIn('chris@acme.test');
  await world.visit('/forum/new', { cookie: chris, form: { category: 'mobile', kind: 'question', title: 'Zebra of Mombasa', body: 'Where?', anyway: '1', once: once() } });
  const waiting = await world.visit('/agent/views/questions', { cookie: agnes });
  expect([waiting.roundTrips, /Zebra of Mombasa[\s\S]*due in 3 hours/.test(waiting.html)]).toEqual([1, true]);
});

test('away and back again, beside the views and beside the name', async () => {
  expect((await world.visit('/agent', { cookie: agnes, form: { action: 'availability', away: 'yes', hours: '2' } })).status).toBe(303);
  expect((await world.visit('/agent', { cookie: agnes })).html).toContain('You are away until');
  expect((await world.visit('/agent', { cookie: ada })).html).toMatch(/Agnes Holm \(away, back in (1|2) hours?\)/);
  expect((await world.visit('/agent', { cookie: agnes, form: { action: 'availability', away: 'no' } })).status).toBe(303);
  expect((await world.visit('/agent', { cookie: agnes })).html).toContain('You are available');
});

test('a group is chosen for many tickets at once, for a ticket among staff, and for a conversation beside one', async () => {
  await world.client.batch(["insert into groups (id, name, created_at) values ('grp_bulk', 'Invoices', 0)", "insert into group_members (group_id, user_id) select 'grp_bulk', id from users where email in ('arno@stoa.test', 'cleo@stoa.test')"]);
  const [one, other] = (await world.rows("select number from tickets where status = 'open' and group_id is null limit 2")).map((row) => String(row['number']));
  const offer = '<option value="grp_bulk"';
  const condition = JSON.stringify({ match: 'all', groups: [{ match: 'all', rows: [{ field: 'state', is: 'is', values: ['open'] }] }] });
  expect((await world.visit(`/agent/bulk?${new URLSearchParams([['condition', condition], ['ticket', one!]])}`, { cookie: agnes })).html).toContain(offer);
  const body = new URLSearchParams([['condition', condition], ['ticket', one!], ['ticket', other!], ['group', 'grp_bulk'], ['once', once()]]);
  const looked = await world.visit(`/agent/bulk?${body}`, { cookie: agnes });
  expect(looked.html).toContain('name="group" value="grp_bulk"');
  const started = await fetch(`${world.url}/agent/bulk`, { method: 'POST', redirect: 'manual', headers: { cookie: agnes, origin: world.url }, body: new URLSearchParams([...body].map(([name, value]) => [name === 'ticket' ? 'ticket[]' : name, value])) });
  expect([started.status, (await world.rows(`select group_id from tickets where number in (${one}, ${other})`)).map((row) => row['group_id'])]).toEqual([303, ['grp_bulk', 'grp_bulk']]);

  expect((await world.visit('/agent/tickets/new?internal', { cookie: agnes })).html).toContain(offer);
  const opened = await world.visit('/agent/tickets/new', { cookie: agnes, form: { action: 'internal', subject: 'For billing', body: 'Please look.', group: 'grp_bulk', once: once() } });
  expect((await world.rows("select t.number, t.group_id from tickets t where subject = 'For billing'"))).toEqual([{ number: Number(/tickets\/(\d+)/.exec(opened.headers.get('location')!)![1]), group_id: 'grp_bulk' }]);

  expect((await world.visit(`/agent/tickets/${one}/side`, { cookie: agnes })).html).toContain(offer);
  await world.visit(`/agent/tickets/${one}/side`, { cookie: agnes, form: { action: 'open', subject: 'A bill', body: 'Which?', group: 'grp_bulk', once: once() } });
  expect((await world.visit(`/agent/tickets/${one}/side`, { cookie: agnes })).html).toMatch(/Agnes Holm, (Arno Vidal, Cleo Ferris|Cleo Ferris, Arno Vidal)/);
});
