import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/web';
import { migrate } from '../../worker/database/migrate.ts';
import { seed } from '../../worker/database/seed.ts';
import { buildIfStale, DIST } from '../../worker/local/build.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';

/** `node tests/load/guessing.ts [tries]`: whether the time of a wrong password tells who has an account. Fails when the medians of known and unknown addresses differ by 5 % or more. */
const tries = Number(process.argv[2] ?? 200);
const MOST = 0.05;

buildIfStale();
const folder = mkdtempSync(join(tmpdir(), 'stoa-guessing-'));
const database = await startSqld({ folder: join(folder, 'db') });
await migrate(database.url);
await seed(database.url);
const worker = await startWorkerd({ dist: DIST, folder, databaseUrl: database.url, secret: 'a secret of the load, long enough' });
const client = createClient({ url: database.url });

/** Milliseconds of one try. What was counted is forgotten before it, so that none has to wait. */
async function timeOf(email: string): Promise<number> {
  await client.execute('delete from attempts');
  const started = performance.now();
  const answer = await fetch(`${worker.url}/sign-in`, { method: 'POST', headers: { origin: worker.url }, body: new URLSearchParams({ email, password: 'not the password' }), redirect: 'manual' });
  await answer.text();
  if (answer.status !== 422) throw new Error(`A try was answered with ${answer.status}.`);
  return performance.now() - started;
}

const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
for (let i = -5; i < tries; i++) {
  const order = i % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
  for (const kind of order) {
    const took = await timeOf(kind === 'known' ? 'chris@acme.test' : 'clara@acme.test');
    if (i >= 0) times[kind].push(took);
  }
}
client.close();
await worker.stop();
await database.stop();
rmSync(folder, { recursive: true, force: true });

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
const [known, unknown] = [median(times.known), median(times.unknown)];
const difference = Math.abs(known - unknown) / Math.min(known, unknown);
console.log(`${tries} wrong passwords each: median ${known.toFixed(1)} ms for a known address, ${unknown.toFixed(1)} ms for an unknown one, ${(difference * 100).toFixed(1)} % apart.`);
if (difference >= MOST) process.exit(1);
