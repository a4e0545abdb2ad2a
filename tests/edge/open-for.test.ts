import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../worker/platform/signature.ts';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

/** A token of somebody that may write. */
async function tokenOf(email: string): Promise<string> {
  const token = `stoa_${hashOf(email).slice(0, 32)}`;
  await world.rows("insert into tokens (id, hash, user_id, name, scope, created_at) select 'tok_' || handle, ?, id, 'Phone', 'write', 0 from users where email = ?", [hashOf(token), email]);
  return token;
}

const typed = () => ({ action: 'customer', subject: 'She called about exports', body: 'You asked by phone.', once: crypto.randomUUID() });
const post = (cookie: string, form: Record<string, string>) => world.visit('/agent/tickets/new', { cookie, form });

test('an agent opens a ticket for a customer, who finds it in their list; the desk says who opened it for whom, in both languages', async () => {
  const [agnes, chris, ada] = [await world.signedIn('agnes@stoa.test'), await world.signedIn('chris@acme.test'), await world.signedIn('ada@stoa.test')];
  const sent = await post(agnes, { ...typed(), requester: 'Chris@acme.test', visibility: 'public', tags: 'phone' });
  expect(sent.status).toBe(303);
  const at = sent.headers.get('location')!;
  const desk = await world.visit(at, { cookie: agnes });
  expect(desk.html).toContain('Opened by Agnes Holm for Chris Doyle');
  expect(desk.html).toContain('opened the ticket for Chris Doyle');
  expect(desk.roundTrips).toBe(1);
  expect((await world.visit(`${at}/history`, { cookie: agnes })).html).toMatch(/Opened a ticket for a customer[\s\S]*for: Chris Doyle/);
  expect((await world.visit('/admin/audit?type=ticket.opened', { cookie: ada })).html).toContain('Opened a ticket for a customer');
  expect((await world.visit('/tickets', { cookie: chris })).html).toContain('She called about exports');
  expect((await world.visit(at.replace('/agent', ''), { cookie: chris })).html).toContain('You asked by phone.');
  await world.rows("update users set locale = 'el' where email = 'agnes@stoa.test'");
  const greek = await world.signedIn('agnes@stoa.test');
  expect((await world.visit(at, { cookie: greek })).html).toContain('Ανοίχτηκε από Agnes Holm για: Chris Doyle');
  expect((await world.visit('/agent/tickets/new', { cookie: greek })).html).toContain('Για πελάτη');
  await world.rows("update users set locale = 'en' where email = 'agnes@stoa.test'");
});

test('of a note the customer reads that it was noted, and never what', async () => {
  const [agnes, chris] = [await world.signedIn('agnes@stoa.test'), await world.signedIn('chris@acme.test')];
  const at = (await post(agnes, { ...typed(), requester: 'chris@acme.test', visibility: 'internal', body: 'canary-of-a-call' })).headers.get('location')!;
  expect((await world.visit(at, { cookie: agnes })).html).toContain('canary-of-a-call');
  for (const [path, words] of [[at.replace('/agent', ''), 'Our staff noted what you told them.'], [at.replace('/agent', '/el'), 'Η ομάδα μας σημείωσε όσα της είπατε.']]) {
    const { html } = await world.visit(path!, { cookie: chris });
    expect([html.includes(words!), html.includes('canary-of-a-call')]).toEqual([true, false]);
  }
});

test('what is refused says so beside its field, and keeps what was typed', async () => {
  const agnes = await world.signedIn('agnes@stoa.test');
  const refused = await post(agnes, { ...typed(), requester: 'arno@stoa.test', visibility: 'internal', name: 'Arno', priority: 'high', tags: 'phone' });
  expect(refused.status).toBe(422);
  expect(refused.html).toMatch(/id="requester"[^>]*aria-describedby="[^"]*requester-issue[^>]*value="arno@stoa\.test"/);
  expect(refused.html).toMatch(/id="requester-issue">They work here\. Open an internal ticket instead\./);
  for (const kept of ['value="She called about exports"', '>You asked by phone.</textarea>', 'value="Arno"', 'value="phone"', 'value="internal" checked', 'value="high" selected']) expect(refused.html).toContain(kept);
});

test('who only writes notes opens internal tickets, and has no other way', async () => {
  const agnes = await world.signedIn('agnes@stoa.test');
  expect((await world.visit('/agent/tickets/new?internal', { cookie: agnes })).html).toMatch(/value="internal"[^>]*aria-current="true"[^>]*>Internal</);
  await world.rows("update users set role = 'light_agent' where email = 'arno@stoa.test'");
  const arno = await world.signedIn('arno@stoa.test');
  const page = await world.visit('/agent/tickets/new', { cookie: arno });
  expect([page.status, page.html.includes('No customer ever sees it.'), page.html.includes('name="requester"')]).toEqual([200, true, false]);
  expect((await post(arno, { ...typed(), requester: 'chris@acme.test' })).status).toBe(403);
  expect((await post(arno, { ...typed(), action: 'internal' })).status).toBe(303);
  expect(await world.rows('select kind from tickets order by rowid desc limit 1')).toMatchObject([{ kind: 'internal' }]);
  await world.rows("update users set role = 'agent' where email = 'arno@stoa.test'");
});

test('a program of staff opens one by `requester`; that of a customer does not', async () => {
  const call = async (key: string, body: object) => {
    const answer = await fetch(`${world.url}/api/v1/tickets`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as { number: number; errors?: object } };
  };
  const [agent, customer] = [await tokenOf('agnes@stoa.test'), await tokenOf('chris@acme.test')];
  const ticket = { requester: 'kostas@far.test', name: 'Kostas', subject: 'By phone', body: 'It stops.', visibility: 'internal' };
  const made = await call(agent, ticket);
  expect(made.status).toBe(201);
  expect(await world.rows('select u.name, t.status, t.waiting_since is not null as waits from tickets t join users u on u.id = t.requester_id where t.number = ?', [made.body.number])).toMatchObject([{ name: 'Kostas', status: 'open', waits: 1 }]);
  expect((await call(customer, ticket)).status).toBe(403);
  expect(await call(agent, { ...ticket, requester: 'ada@stoa.test' })).toMatchObject({ status: 422, body: { errors: { requester: expect.anything() } } });
});

test('the subject is changed on the ticket’s page without a script, and by a program; what is refused keeps what was typed', async () => {
  const [agnes, chris] = [await world.signedIn('agnes@stoa.test'), await world.signedIn('chris@acme.test')];
  const at = (await post(agnes, { ...typed(), requester: 'chris@acme.test' })).headers.get('location')!;
  const page = await world.visit(at, { cookie: agnes });
  const revision = /name="revision" value="(\d+)"/.exec(page.html)![1]!;
  const rename = (subject: string) => world.visit(at, { cookie: agnes, form: { action: 'change', subject, revision } });
  const empty = await rename(' ');
  expect([empty.status, empty.html.includes('id="subject-issue"')]).toEqual([422, true]);
  expect((await rename('Exports stop at row 500')).status).toBe(303);
  const late = await rename('Of an older page');
  expect([late.status, late.html.includes('value="Of an older page"'), late.html.includes('Now it is: Exports stop at row 500')]).toEqual([409, true, true]);
  expect((await world.visit(at, { cookie: agnes })).html).toContain('subject: She called about exports → Exports stop at row 500');
  expect((await world.visit(at.replace('/agent', ''), { cookie: chris })).html).toMatch(/<h1[^>]*>Exports stop at row 500</);
  const answer = await fetch(`${world.url}/api/v1${at.replace('/agent', '')}`, { method: 'PATCH', headers: { authorization: `Bearer ${await tokenOf('cleo@stoa.test')}`, 'content-type': 'application/json' }, body: JSON.stringify({ subject: 'By a program' }) });
  expect([answer.status, ((await answer.json()) as { subject: string }).subject]).toEqual([200, 'By a program']);
});
