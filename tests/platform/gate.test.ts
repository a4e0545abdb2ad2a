import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { DIST } from '../../worker/local/build.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { everyoneWrites, signedInWriters, wrongOf } from '../load/writers.ts';
import { edge } from '../support/edge.ts';
import { stoa } from '../support/stoa.ts';

/** Stands before the database and counts the transactions that write at once; each takes a little longer than it would. */
async function counting(databaseUrl: string) {
  const seen = { now: 0, most: 0, all: 0 };
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const writes = body.includes('BEGIN IMMEDIATE');
    if (writes) seen.most = Math.max(seen.most, ++seen.now);
    const answer = await fetch(databaseUrl + request.url, { method: request.method!, headers: { 'content-type': 'application/json' }, ...(body.length > 0 ? { body } : {}) });
    const said = Buffer.from(await answer.arrayBuffer());
    if (writes) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      seen.now--;
      seen.all++;
    }
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' }).end(said);
  };
  // Who hangs up while the worker is stopped is no accident.
  const server = createServer((request, response) => void pass(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { seen, url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, close: () => server.close() };
}

test('one transaction writes at a time, however many write and hang up in the middle of it', { timeout: 180_000 }, async () => {
  const world = await edge();
  const counter = await counting(world.database.url);
  const worker = await startWorkerd({ dist: DIST, folder: `${world.folder}/counted`, databaseUrl: counter.url, secret: 'a secret of the tests, long enough' });
  try {
    const outcome = await everyoneWrites(worker.url, await signedInWriters(world.database.url, 16), ({ acknowledged }) => acknowledged.size >= 80);
    expect(outcome.acknowledged.size).toBeGreaterThanOrEqual(80);
    expect(counter.seen.all, 'those that waited went together').toBeLessThan(outcome.acknowledged.size);
    expect(counter.seen.most).toBe(1);
    expect(outcome.refusals.size, 'somebody hung up').toBeGreaterThan(0);
    expect(await wrongOf(world.database.url, outcome)).toEqual({ lost: [], twice: [] });
  } finally {
    await worker.stop();
    counter.close();
    await world.close();
  }
});

test('a write that never ends holds up the others for a while only, and a queue that is too long is refused', async () => {
  const { db } = await stoa();
  const statement = { sql: 'select 1 as one', args: [] };
  let hang = true;
  const stuck = Object.assign(Object.create(db), { write: (...args: Parameters<typeof db.write>) => (hang ? new Promise(() => {}) : db.write(...args)) }) as typeof db;
  const gate = gateOf(stuck, 200);
  const first = gate.commit([statement]);
  const waiting = Array.from({ length: 205 }, () => gate.commit([statement]).then(() => 'done', (error: Error) => error.message));
  await expect(first).rejects.toThrow(/database is busy/);
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['The database is busy: a write waited too long for its turn.']));
  hang = false;
  expect(await gate.commit([statement])).toEqual([[{ one: 1 }]]);
});

/** A gate over a new table, and how its writes went to the database: the number of writes in each transaction. */
async function counted() {
  const { db } = await stoa();
  await db.write([{ sql: 'create table jars (id text primary key, n integer check (n < 100))', args: [] }]);
  const sizes: number[] = [];
  const watched = Object.assign(Object.create(db), {
    write(...args: Parameters<typeof db.write>) {
      sizes.push(1);
      return db.write(...args);
    },
    writeTogether(writes: Parameters<typeof db.writeTogether>[0]) {
      sizes.push(writes.length);
      return db.writeTogether(writes);
    },
  }) as typeof db;
  const all = async () => (await db.$client.execute('select id, n from jars order by id')).rows.map(({ id, n }) => `${id} ${n}`);
  return { gate: gateOf(watched), sizes, all };
}

const put = (id: string, n: number) => ({ sql: 'insert into jars (id, n) values (?, ?) returning id', args: [id, n] });
const told = (promise: Promise<unknown>) => promise.then((rows) => JSON.stringify(rows), (error: Error) => error.message);

test('writes that wait together are stored together, each all or nothing by itself', async () => {
  const { gate, sizes, all } = await counted();
  const outcomes = await Promise.all([gate.commit([put('a', 1)]), gate.commit([put('b', 1), put('c', 1)]), gate.commit([put('d', 1), put('e', 100), put('f', 1)]), gate.commit([put('d', 2)]), gate.commit([put('b', 5), put('g', 1)]), gate.commit([put('h', 1)])].map(told));
  expect(outcomes).toEqual(['[[{"id":"a"}]]', '[[{"id":"b"}],[{"id":"c"}]]', expect.stringContaining('CHECK constraint failed'), '[[{"id":"d"}]]', expect.stringContaining('UNIQUE constraint failed: jars.id'), '[[{"id":"h"}]]']);
  expect(await all()).toEqual(['a 1', 'b 1', 'c 1', 'd 2', 'h 1']);
  expect(sizes).toEqual([1, 5]);
});

test('where one makes the database give up all, or is nothing that it understands, each goes alone, and only that one fails', async () => {
  const { gate, all } = await counted();
  const [given, odd] = [{ sql: 'rollback', args: [] }, put('nan', Number.NaN)];
  const outcomes = await Promise.all([gate.commit([put('a', 1)]), gate.commit([put('b', 1)]), gate.commit([put('c', 1), given]), gate.commit([put('d', 100)]), gate.commit([put('e', 1)])].map(told));
  expect(outcomes).toEqual(['[[{"id":"a"}]]', '[[{"id":"b"}]]', expect.not.stringContaining('[['), expect.stringContaining('CHECK constraint failed'), '[[{"id":"e"}]]']);
  const others = await Promise.all([gate.commit([put('f', 1)]), gate.commit([put('g', 1)]), gate.commit([odd]), gate.commit([put('half \ud83d', 1)]), gate.commit([put('h', 1)])].map(told));
  expect(others).toEqual(['[[{"id":"f"}]]', '[[{"id":"g"}]]', expect.not.stringContaining('[['), '[[{"id":"half \ufffd"}]]', '[[{"id":"h"}]]']);
  expect(await all()).toEqual(['a 1', 'b 1', 'e 1', 'f 1', 'g 1', 'h 1', 'half \ufffd 1']);
});

test('a large write goes alone, in its turn; what was stored is what its writer was told', async () => {
  const { gate, sizes, all } = await counted();
  const large = Array.from({ length: 60 }, (_, i) => put(`large ${i}`, i));
  await Promise.all([gate.commit([put('a', 1)]), gate.commit([put('b', 1)]), gate.commit(large), gate.commit([put('c', 1)]), gate.commit([put('d', 1)])]);
  expect(sizes).toEqual([1, 1, 1, 2]);

  const before = (await all()).length;
  const drawn = Array.from({ length: 400 }, (_, i) => [put(`x${(i * 7919) % 150}`, (i * 31) % 110), put(`y${i}`, (i * 17) % 105)]);
  const answers: string[] = [];
  for (let i = 0; i < drawn.length; i += 40) answers.push(...(await Promise.all(drawn.slice(i, i + 40).map((one) => told(gate.commit(one))))));
  const acknowledged = drawn.filter((_, i) => answers[i]!.startsWith('[['));
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(acknowledged.length).toBeLessThan(390);
  expect(Math.max(...sizes)).toBe(16);
  const stored = await all();
  expect(stored.length - before).toBe(acknowledged.length * 2);
  expect(acknowledged.flat().filter(({ args: [id, n] }) => !stored.includes(`${id} ${n}`))).toEqual([]);
});
