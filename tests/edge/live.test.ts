import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../worker/platform/signature.ts';
import { edge } from '../support/edge.ts';
import { knockAt, listeningAt, quiet } from '../support/lines.ts';

let world: Awaited<ReturnType<typeof edge>>;
let client: typeof world.client;
let [chris, dora, mara, agnes]: string[] = [];
beforeAll(async () => {
  world = await edge();
  ({ client } = world);
  [chris, dora, mara, agnes] = await Promise.all(['chris@acme.test', 'dora@acme.test', 'mara@stoa.test', 'agnes@stoa.test'].map(world.signedIn));
});
afterAll(() => world?.close());

const send = async (path: string, cookie: string, form: Record<string, string>) => {
  const answer = await world.visit(path, { cookie, form: { once: crypto.randomUUID(), ...form } });
  expect([path, answer.status]).toEqual([path, 303]);
  return answer.headers.get('location')!;
};

async function opened(title: string, category = 'calendars') {
  const at = await send('/forum/new', mara!, { title, body: 'Words.', category, kind: 'discussion', anyway: '1' });
  const number = /topics\/(\d+)/.exec(at)![1]!;
  return { at, number, line: `/forum/topics/${number}/live?seen=1` };
}

const knock: ReturnType<typeof knockAt> = (path, headers) => knockAt(world.url)(path, headers);
const listening: ReturnType<typeof listeningAt> = (path, cookie) => listeningAt(world.url)(path, cookie);

test('a line is for people who are signed in, from a page of ours, and see the topic', async () => {
  const { line, number } = await opened('Who may listen');
  const [{ id }] = (await client.execute("insert into categories (id, slug, name, see) values ('cat_inner', 'inner', 'Inner', '[\"role:agent\"]') returning id")).rows as unknown as [{ id: string }];
  const ours = { origin: world.url };
  expect(await knock(line, { ...ours, cookie: chris! })).toBe(101);
  expect(await knock(line, { ...ours })).toBe(401);
  expect(await knock(line, { ...ours, cookie: 'stoa_session=junk' })).toBe(401);
  expect(await knock(line, { origin: 'https://evil.example', cookie: chris! })).toBe(403);
  expect(await knock(line, { origin: 'null', cookie: chris! })).toBe(403);
  expect(await knock(line, { cookie: chris! })).toBe(403);
  expect(await knock('/forum/topics/999999/live', { ...ours, cookie: chris! })).toBe(404);
  expect((await world.visit(line, { cookie: chris! })).status).toBe(426);
  await client.execute({ sql: 'update topics set category_id = ? where number = ?', args: [id, number] });
  expect(await knock(line, { ...ours, cookie: chris! })).toBe(404);
  expect(await knock(line, { ...ours, cookie: agnes! })).toBe(101);
});

test('a reply is told by its place alone; what is whispered, or only edited, is not; what was written before the line was open is', async () => {
  const { at, number, line } = await opened('What is told');
  const { socket, heard } = await listening(line, chris!);
  await send(`/moderation/topics/${number}`, agnes!, { action: 'whisper', place: '1', body: 'Between us.' });
  await send(/\/forum\/posts\/\w+\/edit/.exec((await world.visit(at, { cookie: mara! })).html)![0], mara!, { action: 'edit', title: 'What is told', body: 'Other words.' });
  await quiet();
  expect(heard).toEqual([]);
  await send(at, dora!, { action: 'reply', body: 'The words of a reply.' });
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['{"count":1,"first":2}']);
  await send(at, mara!, { action: 'reply', body: 'And another.' });
  await expect.poll(() => heard.at(-1), { timeout: 5_000 }).toBe('{"count":2,"first":2}');
  const late = await listening(line, dora!);
  await expect.poll(() => late.heard, { timeout: 5_000 }).toEqual(['{"count":2,"first":2}']);
  for (const one of [socket, late.socket]) one.close();
});

test('a reply that is hidden is told to nobody', async () => {
  const { at, line } = await opened('What is hidden');
  await send(at, dora!, { action: 'reply', body: 'To be hidden.' });
  await client.execute("update posts set hidden_at = 1 where body = 'To be hidden.'");
  const { socket, heard } = await listening(line, chris!);
  await send(at, dora!, { action: 'reply', body: 'To be seen.' });
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['{"count":1,"first":3}']);
  socket.close();
});

test('who signs out, or may not see the topic any more, is told nothing and shown out', async () => {
  const { at, number, line } = await opened('No more', 'mobile');
  const nikos = await world.signedIn('nikos@olive.test');
  const gone = await listening(line, nikos);
  const [stays, staff] = [await listening(line, chris!), await listening(line, agnes!)];
  await send('/sign-out', nikos, {});
  await send(at, mara!, { action: 'reply', body: 'After they left.' });
  await gone.isShownOut();
  await expect.poll(() => stays.heard.length, { timeout: 5_000 }).toBe(1);
  await send(`/moderation/topics/${number}`, await world.signedIn('ada@stoa.test'), { action: 'move', category: 'inner' });
  await stays.isShownOut();
  expect([gone.heard, stays.heard.length, staff.socket.readyState]).toEqual([[], 1, WebSocket.OPEN]);
  staff.socket.close();
});

test('a line whose session ended is closed at the next sign of life, although nobody writes', async () => {
  const { line } = await opened('Nobody writes');
  const nikos = await world.signedIn('nikos@olive.test');
  const { socket, heard, isShownOut } = await listening(line, nikos);
  await send('/sign-out', nikos, {});
  const signs = setInterval(() => socket.send('?'), 1_000);
  await isShownOut();
  clearInterval(signs);
  expect(heard).toEqual([]);
});

test('two hundred replies of fifty people at once: all there, once each, in order, none refused', async () => {
  const { at, number, line } = await opened('Everybody at once');
  const people = Array.from({ length: 50 }, (_, i) => ({ id: `usr_crowd_${i}`, secret: `session-of-the-crowd-${i}` }));
  await client.batch(people.flatMap(({ id, secret }) => [
    { sql: `insert into users (id, email, name, handle, role, created_at) values (?1, ?1 || '@example.net', 'Of the crowd', ?1, 'customer', 0)`, args: [id] },
    { sql: 'insert into trust (user_id, level) values (?, 1)', args: [id] },
    { sql: 'insert into sessions (id, user_id, expires_at, created_at, proved_at, seen_at) values (?1, ?2, ?3, ?4, ?4, ?4)', args: [hashOf(secret), id, Date.now() + 1e9, Date.now()] },
  ]), 'write');
  const listener = await listening(line, chris!);
  const started = performance.now();
  const statuses = await Promise.all(people.map(async ({ secret }, i) => {
    const got: number[] = [];
    for (let turn = 0; turn < 4; turn++) got.push((await world.visit(at, { cookie: `stoa_session=${secret}`, form: { action: 'reply', body: `Of ${i}, turn ${turn}.`, once: crypto.randomUUID() } })).status);
    return got;
  }));
  const took = performance.now() - started;
  expect(statuses.flat().filter((status) => status !== 303)).toEqual([]);
  const { rows } = await client.execute({ sql: 'select p.number, p.author_id, p.body from posts p join topics t on t.id = p.topic_id where t.number = ? and p.number > 1 order by p.number', args: [number] });
  expect(rows.map((row) => row['number'])).toEqual(Array.from({ length: 200 }, (_, i) => i + 2));
  expect(new Set(rows.map(({ body }) => body)).size).toBe(200);
  for (const { id } of people) expect(rows.filter((row) => row['author_id'] === id).map(({ body }) => String(body).at(-2))).toEqual(['0', '1', '2', '3']);
  expect((await world.visit(`${at}?page=11`)).html).toContain('post-201');
  await expect.poll(() => listener.heard.at(-1), { timeout: 10_000 }).toBe('{"count":200,"first":2}');
  console.log(`200 replies of 50 people in ${(took / 1000).toFixed(1)} s, told in ${listener.heard.length} messages.`);
  listener.socket.close();
});
