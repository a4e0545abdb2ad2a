import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { DIST } from '../../worker/local/build.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { everyoneWrites, signedInWriters, wrongOf } from '../load/writers.ts';
import { edge } from '../support/edge.ts';
import { stoa } from '../support/stoa.ts';

/** Stands before the database and counts the write batches that are under way at once; each takes a little longer than it would. */
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

test('one write batch is under way at a time, however many write and hang up in the middle of it', { timeout: 180_000 }, async () => {
  const world = await edge();
  const counter = await counting(world.database.url);
  const worker = await startWorkerd({ dist: DIST, folder: `${world.folder}/counted`, databaseUrl: counter.url, secret: 'a secret of the tests, long enough' });
  try {
    const outcome = await everyoneWrites(worker.url, await signedInWriters(world.database.url, 16), ({ acknowledged }) => acknowledged.size >= 80);
    expect(counter.seen.all).toBeGreaterThanOrEqual(80);
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
