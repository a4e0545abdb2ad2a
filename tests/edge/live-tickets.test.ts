import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge } from '../support/edge.ts';
import { knockAt, listeningAt, quiet } from '../support/lines.ts';

let world: Awaited<ReturnType<typeof edge>>;
let knock: ReturnType<typeof knockAt>;
let listening: ReturnType<typeof listeningAt>;
const people: string[] = [];
let [chris, dora, nikos, agnes, arno]: string[] = [];
beforeAll(async () => {
  world = await edge();
  [knock, listening] = [knockAt(world.url), listeningAt(world.url)];
  for (const email of ['chris@acme.test', 'dora@acme.test', 'nikos@olive.test', 'agnes@stoa.test', 'arno@stoa.test']) people.push(await world.signedIn(email));
  [chris, dora, nikos, agnes, arno] = people;
});
afterAll(() => world?.close());

async function send(path: string, cookie: string, form: Record<string, string>) {
  const answer = await world.visit(path, { cookie, form: { once: crypto.randomUUID(), ...form } });
  expect([path, answer.status]).toEqual([path, 303]);
  return answer.headers.get('location')!;
}
const asks = async (subject: string, cookie = chris!) => Number(/\/tickets\/(\d+)/.exec(await send('/tickets/new', cookie, { subject, body: 'Words.', anyway: '1' }))![1]);
const line = (number: number, seen = 1) => `/tickets/${number}/live?seen=${seen}`;
const newsIn = (said: string | undefined) => JSON.parse(said ?? '{}') as { count?: number; first?: string; here?: string[]; writing?: [string, string][]; changed?: Record<string, string | null> };

test.concurrent('a line is for people who are signed in, from a page of ours, and see the ticket', async ({ expect }) => {
  const number = await asks('Who may listen');
  const ours = { origin: world.url };
  for (const cookie of [chris!, dora!, agnes!]) expect(await knock(line(number), { ...ours, cookie })).toBe(101);
  expect(await knock(line(number), { ...ours, cookie: nikos! })).toBe(404);
  expect(await knock(line(number), ours)).toBe(401);
  expect(await knock(line(number), { origin: 'https://evil.example', cookie: chris! })).toBe(403);
  expect(await knock(line(999_999), { ...ours, cookie: agnes! })).toBe(404);
  expect(await knock('/agent/live', { ...ours, cookie: agnes! })).toBe(101);
  for (const cookie of [chris!, dora!]) expect(await knock('/agent/live', { ...ours, cookie })).toBe(404);
  expect((await world.visit('/agent/live', { cookie: agnes! })).status).toBe(426);
});

test.concurrent('an answer is told to both by number and place alone; a note to staff only, and to its customer not even as a number', async ({ expect }) => {
  const number = await asks('What is told');
  const [customer, staff] = [await listening(line(number), chris!), await listening(line(number), arno!)];
  for (const body of ['A secret note.', 'Another.']) await send(`/agent/tickets/${number}`, agnes!, { action: 'reply', visibility: 'internal', body });
  await send(`/agent/tickets/${number}`, agnes!, { action: 'change', priority: 'high' });
  await expect.poll(() => newsIn(staff.heard.at(-1)).count, { timeout: 5_000 }).toBe(2);
  await quiet();
  expect(customer.heard).toEqual([]);
  const at = await send(`/agent/tickets/${number}`, agnes!, { action: 'reply', visibility: 'public', body: 'An answer.' });
  await expect.poll(() => customer.heard, { timeout: 5_000 }).toEqual([JSON.stringify({ count: 1, first: at.split('#')[1] })]);
  await send(`/tickets/${number}`, chris!, { action: 'reply', body: 'Thanks.' });
  await expect.poll(() => newsIn(staff.heard.at(-1)).count, { timeout: 5_000 }).toBe(4);
  expect(JSON.stringify([customer.heard, staff.heard])).not.toMatch(/secret|answer|Thanks/);
  for (const { socket } of [customer, staff]) socket.close();
});

test.concurrent('of what came by a private merge its other customer hears nothing, and its own do', async ({ expect }) => {
  const [first, second] = [await asks('Theirs'), await asks('The other one', nikos)];
  const cleo = await world.signedIn('cleo@stoa.test');
  const customer = await listening(line(first), chris!);
  await send(`/agent/tickets/${second}/merge`, cleo, { action: 'away', into: String(first), accounts: 'on' });
  const other = await listening(line(second), nikos!);
  await send(`/tickets/${second}`, nikos!, { action: 'reply', body: 'A late word.' });
  await expect.poll(() => newsIn(other.heard.at(-1)).count, { timeout: 5_000 }).toBe(1);
  await quiet();
  expect(customer.heard).toEqual([]);
  for (const { socket } of [customer, other]) socket.close();
});

test.concurrent('colleagues see who is here as it changes; customers never do', async ({ expect }) => {
  const number = await asks('Who is here');
  const [customer, one] = [await listening(line(number), chris!), await listening(line(number), agnes!)];
  const two = await listening(line(number), arno!);
  await expect.poll(() => newsIn(one.heard.at(-1)).here, { timeout: 5_000 }).toEqual(['Arno Vidal']);
  await expect.poll(() => newsIn(two.heard.at(-1)).here, { timeout: 5_000 }).toEqual(['Agnes Holm']);
  two.socket.close();
  await expect.poll(() => newsIn(one.heard.at(-1)).here, { timeout: 5_000 }).toBeUndefined();
  expect(customer.heard).toEqual([]);
  for (const { socket } of [customer, one]) socket.close();
});

test.concurrent('colleagues see who writes an answer or a note until some seconds after they stopped; its customer never does, and tells nobody', async ({ expect }) => {
  const number = await asks('Who writes');
  const [customer, reader] = [await listening(line(number), chris!), await listening(line(number), agnes!)];
  const writer = await listening(line(number), arno!);
  await expect.poll(() => newsIn(reader.heard.at(-1)).here, { timeout: 5_000 }).toEqual(['Arno Vidal']);
  const writing = () => newsIn(reader.heard.at(-1)).writing;
  for (let i = 0; i < 50; i++) writer.socket.send('reply');
  await expect.poll(writing, { timeout: 5_000 }).toEqual([['Arno Vidal', 'reply']]);
  const said = reader.heard.length;
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  writer.socket.send('reply');
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect([reader.heard.length, writing()]).toEqual([said, [['Arno Vidal', 'reply']]]);
  await expect.poll(writing, { timeout: 9_000 }).toBeUndefined();
  expect(newsIn(reader.heard.at(-1)).here).toEqual(['Arno Vidal']);

  writer.socket.send('note');
  await expect.poll(writing, { timeout: 5_000 }).toEqual([['Arno Vidal', 'note']]);
  for (const words of ['reply', 'note', 'x'.repeat(10_000), '{}']) customer.socket.send(words);
  writer.socket.close();
  await expect.poll(() => newsIn(reader.heard.at(-1)), { timeout: 5_000 }).toEqual({ count: 0, first: null });
  await quiet();
  expect([customer.heard, newsIn(reader.heard.at(-1)), writer.heard.some((one) => one.includes('writing'))]).toEqual([[], { count: 0, first: null }, false]);
  for (const { socket } of [customer, reader]) socket.close();
}, 60_000);

test.concurrent('a new subject is told to who has the ticket open, other changes to staff alone; a page drawn since is told nothing', async ({ expect }) => {
  const number = await asks('An old subject');
  const lineIn = async (path: string, cookie: string) => /data-line="([^"]+)"/.exec((await world.visit(path, { cookie })).html)![1]!.replace(/&(amp|#38);/, '&');
  const [customer, staff] = [await listening(await lineIn(`/tickets/${number}`, chris!), chris!), await listening(await lineIn(`/agent/tickets/${number}`, arno!), arno!)];
  await send(`/agent/tickets/${number}`, agnes!, { action: 'change', priority: 'high', tags: 'urgent' });
  await expect.poll(() => newsIn(staff.heard.at(-1)).changed, { timeout: 5_000 }).toEqual({ priority: null, tags: null });
  await quiet();
  expect(customer.heard).toEqual([]);
  await send(`/agent/tickets/${number}`, agnes!, { action: 'change', subject: 'A new subject' });
  await expect.poll(() => customer.heard, { timeout: 5_000 }).toEqual([JSON.stringify({ count: 0, first: null, changed: { subject: 'A new subject' } })]);
  await expect.poll(() => newsIn(staff.heard.at(-1)).changed, { timeout: 5_000 }).toEqual({ subject: 'A new subject', priority: null, tags: null });
  const later = await listening(await lineIn(`/agent/tickets/${number}`, arno!), arno!);
  await quiet();
  expect(newsIn(later.heard.at(-1)).changed).toBeUndefined();
  for (const { socket } of [customer, staff, later]) socket.close();
});

test.concurrent('who is taken out of a ticket is told nothing more, and shown out', async ({ expect }) => {
  const number = await asks('Copied no more');
  await send(`/tickets/${number}`, chris!, { action: 'copy', email: 'nikos@olive.test' });
  const copied = await listening(line(number), nikos!);
  await send(`/tickets/${number}`, nikos!, { action: 'uncopy', person: /name="person" value="(\w+)"/.exec((await world.visit(`/tickets/${number}`, { cookie: nikos! })).html)![1]! });
  await copied.isShownOut();
  await send(`/agent/tickets/${number}`, agnes!, { action: 'reply', visibility: 'public', body: 'After they left.' });
  expect(copied.heard).toEqual([]);
});

test.concurrent('pages carry the line for whom it is, and none for guests', async ({ expect }) => {
  const number = await asks('Where the line is');
  const lines = (html: string) => [...html.matchAll(/data-line="([^"]+?)(?:&(?:amp|#38);known=\w+)?"/g)].map(([, address]) => address);
  expect(lines((await world.visit(`/tickets/${number}`, { cookie: chris! })).html)).toEqual([line(number)]);
  expect(lines((await world.visit(`/agent/tickets/${number}`, { cookie: agnes! })).html)).toEqual([line(number)]);
  expect(lines((await world.visit('/agent', { cookie: agnes! })).html)).toEqual(['/agent/live']);
  const guest = await world.visit('/tickets/new', { form: { subject: 'A guest', body: 'Words.', anyway: '1', email: 'somebody@far.test', once: drawn() } });
  const page = await world.visit(guest.headers.get('location')!);
  // What they type is kept in the tab: that is the one script.
  expect([page.status, lines(page.html), page.html.match(/<script/g)?.length, page.html.includes('<stoa-typed')]).toEqual([200, [], 1, true]);
});

test.concurrent('after a merge an answer is not taken for one that crossed a message', async () => {
  const [first, second] = [await asks('The older'), await asks('The newer')];
  await send(`/tickets/${second}`, chris!, { action: 'reply', body: 'More.' });
  await send(`/agent/tickets/${first}`, agnes!, { action: 'reply', visibility: 'public', body: 'An answer later than that.' });
  await send(`/agent/tickets/${second}/merge`, agnes!, { action: 'away', into: String(first) });
  const seen = /name="seen" value="(\d+)"/.exec((await world.visit(`/agent/tickets/${first}`, { cookie: agnes! })).html)![1]!;
  await send(`/agent/tickets/${first}`, agnes!, { action: 'reply', visibility: 'public', seen, body: 'To both.' });
});

test.concurrent('what came while an agent wrote is marked, and named above; the answer waits in its field', async ({ expect }) => {
  const number = await asks('They cross');
  const seen = /name="seen" value="(\d+)"/.exec((await world.visit(`/agent/tickets/${number}`, { cookie: agnes! })).html)![1]!;
  const [, id] = (await send(`/tickets/${number}`, chris!, { action: 'reply', body: 'One more word.' })).split('#');
  const refused = await world.visit(`/agent/tickets/${number}`, { cookie: agnes!, form: { action: 'reply', visibility: 'public', seen, body: 'Too early.' } });
  expect([refused.status, refused.html.split('New since you began').length - 1]).toEqual([409, 2]);
  expect(refused.html).toContain(`<a href="#${id}">New since you began: Chris Doyle</a>`);
  expect(refused.html).toMatch(/<textarea[^>]*>Too early\.<\/textarea>/);
});

test.concurrent('whoever has a ticket open that becomes part of another is sent to the right room, and hears there what is for them', async ({ expect }) => {
  const [into, source] = [await asks('It stays', nikos), await asks('It goes')];
  const cleo = await world.signedIn('cleo@stoa.test');
  const customer = await listening(line(source), chris!);
  await send(`/agent/tickets/${source}/merge`, cleo, { action: 'away', into: String(into), accounts: 'on' });
  await customer.isMoved();
  const again = await listening(line(source), chris!);
  await send(`/tickets/${source}`, dora!, { action: 'reply', body: 'From the account’s admin.' });
  await expect.poll(() => newsIn(again.heard.at(-1)).count, { timeout: 5_000 }).toBe(1);
  await send(`/agent/tickets/${source}/unmerge`, cleo, { action: 'unmerge' });
  await again.isMoved();
  const back = await listening(line(source, 2), chris!);
  await send(`/agent/tickets/${source}`, agnes!, { action: 'reply', visibility: 'public', body: 'To them alone.' });
  await expect.poll(() => newsIn(back.heard.at(-1)).count, { timeout: 5_000 }).toBe(1);
  back.socket.close();
});

// What follows counts what is new in the queue, and holds answers: beside it nobody may write.

test('the queue tells of new tickets, by their number alone', async () => {
  const { socket, heard } = await listening('/agent/live', agnes!);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const [first] = [await asks('New in the queue'), await asks('Another', nikos)];
  await expect.poll(() => heard.map((said) => newsIn(said).count).at(-1), { timeout: 5_000 }).toBe(2);
  expect(newsIn(heard.at(-1)).first).toBe(first);
  socket.close();
});

test('a view tells what came in since its page was drawn, new or not, by number alone, to who may see it', async () => {
  const number = await asks('It will wait');
  const page = (await world.visit('/agent/views/pending', { cookie: agnes! })).html;
  const at = /data-line="([^"]+)"/.exec(page)![1]!.replaceAll('&amp;', '&').replaceAll('&#38;', '&');
  expect(at).toMatch(/^\/agent\/views\/pending\/live\?shown=[\d.]/);
  const ours = { origin: world.url };
  for (const [path, cookie, status] of [[at, chris!, 404], [at, '', 401], [at.replace('pending', 'none'), agnes!, 404]] as const) expect(await knock(path, { ...ours, ...(cookie ? { cookie } : {}) })).toBe(status);
  const { socket, heard } = await listening(at, agnes!);
  await quiet();
  expect(heard).toEqual([]);
  await world.client.execute("update settings set value = '0' where key = 'undo_seconds'");
  await send(`/agent/tickets/${number}`, agnes!, { action: 'change', status: 'pending' });
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  socket.send('?');
  await expect.poll(() => newsIn(heard.at(-1)), { timeout: 5_000 }).toEqual({ count: 1, first: number });
  socket.close();
});

test('a held answer that the clock sends is heard at once, and customers learn no number of notes from their page', async () => {
  await world.client.execute("update settings set value = '60' where key = 'undo_seconds'");
  const number = await asks('By the clock');
  await send(`/agent/tickets/${number}`, agnes!, { action: 'reply', visibility: 'internal', body: 'A note.' });
  await send(`/agent/tickets/${number}`, agnes!, { action: 'reply', visibility: 'public', body: 'Held.', hold: '1' });
  const customer = await listening(line(number), chris!);
  await world.client.batch(['update held_replies set release_at = 1', "update settings set value = '0' where key = 'undo_seconds'"]);
  await world.worker.tick('* * * * *');
  await expect.poll(() => newsIn(customer.heard.at(-1)).count, { timeout: 5_000 }).toBe(1);
  expect(/data-line="([^"&]+)/.exec((await world.visit(`/tickets/${number}`, { cookie: chris! })).html)![1]).toBe(line(number, 2));
  customer.socket.close();
});
