import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let [ada, agnes, lena, chris] = ['', '', '', ''];
beforeAll(async () => {
  world = await edge();
  await world.rows("insert into users (id, email, name, handle, role, password_hash, verified_at, created_at) select 'usr_lena', 'lena@stoa.test', 'Lena', 'lena', 'light_agent', password_hash, 0, 0 from users where email = 'agnes@stoa.test'");
  [ada, agnes, lena, chris] = (await Promise.all(['ada', 'agnes', 'lena'].map((who) => world.signedIn(`${who}@stoa.test`)).concat(world.signedIn('chris@acme.test')))) as [string, string, string, string];
});
afterAll(() => world?.close());

const CANARY = 'okapi';
let network = 0;
const write = (email: string, subject: string) => world.visit('/tickets/new', { form: { email, subject, body: `The ${CANARY} stands still.`, anyway: '1', once: drawn() }, headers: { 'x-forwarded-for': `10.9.0.${++network}` } });
const chosen = (html: string) => [...html.matchAll(/name="entries\[\]" value="(tkt_\w+ \d+)"/g)].map(([, entry]) => entry!);

test('the demo has one to recover and one to remove', async () => {
  const { html } = await world.visit('/moderation/suspended', { cookie: agnes });
  const [seller, clinic] = chosen(html);
  expect([chosen(html).length, html.includes('Ticket number 11 from harbourdental.test within 10 min')]).toEqual([2, true]);
  const decided = async (entries: string, decision: string) => (await world.visit('/moderation/suspended', { cookie: agnes, form: { action: 'one', entries, decision } })).html;
  expect(await decided(clinic!, 'recover')).toMatch(/href="\/agent\/tickets\/\d+"[^>]*>Ticket \d+: Nobody here can sign in/);
  expect(await decided(seller!, 'remove')).toContain('Decided about 1 of what you chose.');
});

test('of a burst the rest waits, and who sent it sees what everybody sees; staff recover, trust and remove by plain forms', async () => {
  const rules = await world.visit('/admin/moderation', { cookie: ada, form: { ticketBurst: '2', ticketMinutes: '0', newPeople: 'watched', sensitivity: 'medium', heavy: '' } });
  expect([rules.status, rules.html.includes('Write a whole number from 1 to 1440.')]).toEqual([422, true]);
  expect((await world.visit('/admin/moderation', { cookie: ada, form: { ticketBurst: '2', ticketMinutes: '30', newPeople: 'watched', sensitivity: 'medium', heavy: '', challenge: 'on' } })).status).toBe(303);

  const answers = [];
  for (let i = 0; i < 6; i++) answers.push(await write(`guest${i}@spam.example`, i < 2 ? `Calm ${i}` : `${CANARY} ${i}`));
  const links = answers.map(({ status, headers }) => [status, headers.get('location')!] as const);
  const numbers = links.map(([, link]) => Number(/^\/tickets\/(\d+)\?key=\w+/.exec(link)![1]));
  expect([links.map(([status]) => status), numbers.map((number) => number - numbers[0]!)]).toEqual([[303, 303, 303, 303, 303, 303], [0, 1, 2, 3, 4, 5]]);
  const [calm, waits] = [await world.visit(links[0]![1]), await world.visit(links[2]![1])];
  for (const page of [calm, waits]) expect([page.status, page.roundTrips, page.html.includes('Keep this link'), page.html.includes(`The ${CANARY} stands still.`), page.html.includes('What happens next')]).toEqual([200, 1, true, true, true]);
  expect([calm, waits].map(({ html }) => html.includes('We have your message.'))).toEqual([false, true]);
  expect((await world.visit(`/el${links[2]![1]}`)).html).toContain('Λάβαμε το μήνυμά σας.');
  expect((await world.visit(`/tickets/${numbers[2]}`)).headers.get('location')).toContain('/sign-in');

  for (const cookie of [chris, lena, agnes])
    for (const place of ['/', '/agent', '/agent/views/unassigned', '/agent?priority=normal', `/agent/tickets/${numbers[2]}`, '/tickets', `/tickets/${numbers[3]}`, `/search?q=${CANARY}`, '/api/v1/tickets', `/api/v1/tickets/${numbers[2]}`, '/notifications', '/csm']) expect([place, new RegExp(`${CANARY} \\d|${CANARY} stands`).test((await world.visit(place, { cookie })).html)]).toEqual([place, false]);
  for (const cookie of [chris, lena]) expect((await world.visit('/moderation/suspended', { cookie })).status).toBe(404);

  expect((await world.visit('/moderation', { cookie: agnes })).html).toContain('Suspended tickets: 4');
  const page = await world.visit('/moderation/suspended', { cookie: agnes });
  expect([page.roundTrips, page.html.includes('Ticket number 3 from spam.example within 30 min'), chosen(page.html).length]).toEqual([1, true, 4]);
  const nothing = await world.visit('/moderation/suspended', { cookie: agnes, form: { action: 'several', decision: 'recover', once: drawn() } });
  expect([nothing.status, nothing.html.includes('Choose at least one.')]).toEqual([422, true]);

  const [first, second, third, fourth] = chosen(page.html);
  const one = { action: 'one', entries: first!, decision: 'trust' };
  const recovered = await world.visit('/moderation/suspended', { cookie: agnes, form: one });
  expect([recovered.status, recovered.html.includes(`href="/agent/tickets/${numbers[2]}"`), recovered.html.includes('Decided about 1 of what you chose.')]).toEqual([200, true, true]);
  expect((await world.visit('/moderation/suspended', { cookie: agnes, form: one })).html).toContain('someone was quicker');
  const body = new URLSearchParams([['action', 'several'], ['decision', 'remove'], ['once', drawn()], ['entries[]', second!], ['entries[]', third!]]);
  const several = await fetch(`${world.url}/moderation/suspended`, { method: 'POST', body, headers: { cookie: agnes, origin: world.url } });
  expect([several.status, (await several.text()).includes('Decided about 2 of what you chose.')]).toEqual([200, true]);
  expect(chosen((await world.visit('/moderation/suspended', { cookie: agnes })).html)).toEqual([fourth]);

  const open = await world.visit(links[2]![1]);
  expect([open.html.includes('We have your message.'), open.html.includes('Your reply'), open.html.includes(`The ${CANARY} stands still.`)]).toEqual([false, true, true]);
  expect((await world.visit(`/agent/tickets/${numbers[2]}`, { cookie: lena })).html).toContain(`${CANARY} 2`);
  expect((await world.visit(`/agent/tickets/${numbers[2]}/history`, { cookie: agnes })).html).toContain('Recovered a suspended ticket');
  expect((await world.visit(links[3]![1])).headers.get('location')).toContain('/sign-in');
  const senders = await world.visit('/admin/moderation/senders', { cookie: ada });
  expect(senders.html).toContain('guest2@spam.example');
});

test('the list of trusted senders is kept by plain forms, and says beside the field what does not fit', async () => {
  const at = '/admin/moderation/senders';
  const refused = await world.visit(at, { cookie: ada, form: { action: 'add', pattern: 'gmail.com', note: 'All of them', once: drawn() } });
  expect([refused.status, /id="pattern-issue"[^>]*>Many people have addresses there/.test(refused.html), refused.html.includes('value="All of them"')]).toEqual([422, true, true]);
  expect((await world.visit(at, { cookie: ada, form: { action: 'add', pattern: 'spam.example', note: 'Not so bad', once: drawn() } })).status).toBe(303);
  const [{ html }, last] = [await world.visit(at, { cookie: ada }), await write('guest77@spam.example', 'Through')];
  expect([html.includes('Not so bad'), (await world.visit(last.headers.get('location')!)).html.includes('We have your message.')]).toEqual([true, false]);
  const id = /name="id" value="(tru_\w+)"(?:(?!<\/form>)[\s\S])*spam\.example"/.exec(html.slice(html.indexOf('<code>spam.example')))![1]!;
  expect((await world.visit(at, { cookie: ada, form: { action: 'remove', id } })).status).toBe(303);
  const again = await write('guest78@spam.example', 'Not through');
  expect((await world.visit(again.headers.get('location')!)).html).toContain('We have your message.');
});

test('the desk says that tickets wait, to those who decide about them; who sent one while signed in finds it among their own', async () => {
  const said = await world.visit('/tickets/new', { form: { email: 'guest80@spam.example', subject: 'Waits', body: `${'a'.repeat(2_000)}the end`, anyway: '1', once: drawn() }, headers: { 'x-forwarded-for': '10.9.1.1' } });
  expect(said.status).toBe(303);
  const cut = await world.visit('/moderation/suspended', { cookie: agnes });
  expect([cut.html.includes('aaa…'), cut.html.includes('Recover it to read the rest.'), cut.html.includes('the end')]).toEqual([true, true, false]);
  const [hers, lenas] = [await world.visit('/agent', { cookie: agnes }), await world.visit('/agent', { cookie: lena })];
  expect([hers.roundTrips, lenas.roundTrips, ...[hers, lenas].map(({ html }) => /href="\/moderation\/suspended"[^>]*>\s*<span[^>]*>Suspended tickets</.test(html))]).toEqual([1, 1, true, false]);

  await world.rows(`insert into users (id, email, name, handle, role, password_hash, verified_at, created_at) select 'usr_fresh', 'fresh@spam.example', 'Fresh', 'fresh', 'customer', password_hash, 0, ${Date.now()} from users where email = 'agnes@stoa.test'`);
  const fresh = await world.signedIn('fresh@spam.example');
  expect((await world.visit('/tickets', { cookie: fresh })).html).not.toContain('Aardvark');
  const sent = await world.visit('/tickets/new', { cookie: fresh, form: { subject: 'Aardvark', body: 'Where is it?', anyway: '1', once: drawn() } });
  const place = sent.headers.get('location')!;
  expect((await world.visit(place, { cookie: fresh })).html).toContain('We have your message.');
  const list = await world.visit('/tickets', { cookie: fresh });
  expect([list.roundTrips, list.html.includes(`href="${place}"`), list.html.includes('Aardvark')]).toEqual([1, true, true]);
  for (const [query, cookie] of [['?state=solved', fresh], ['?whose=copied', fresh], ['?q=zebra', fresh], ['', chris], ['', agnes]] as const) expect([query, (await world.visit(`/tickets${query}`, { cookie })).html.includes('Aardvark')]).toEqual([query, false]);
});
