import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../worker/database/migrate.ts';
import { seed } from '../../worker/database/seed.ts';
import { buildIfStale, DIST } from '../../worker/local/build.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';
import { everyoneWrites, signedInWriters, wrongOf } from './writers.ts';

/** `node tests/load/stall.ts [seconds]`: a hundred people write at once. Fails when writing stops for five seconds, or anything acknowledged is lost. */
const seconds = Number(process.argv[2] ?? 120);
const LONGEST_GAP = 5_000;

buildIfStale();
const folder = mkdtempSync(join(tmpdir(), 'stoa-stall-'));
const restarts: string[] = [];
const database = await startSqld({ folder: join(folder, 'db'), watch: true, log: (line) => /five seconds/.test(line) && restarts.push(line) });
await migrate(database.url);
await seed(database.url);
const worker = await startWorkerd({ dist: DIST, folder, databaseUrl: database.url, secret: 'a secret of the load, long enough', log: (line) => console.error(line.slice(0, 300)) });

const started = Date.now();
const outcome = await everyoneWrites(worker.url, await signedInWriters(database.url, 100), () => Date.now() - started > seconds * 1000);
const took = (Date.now() - started) / 1000;
const { lost, twice } = await wrongOf(database.url, outcome);
await worker.stop();
await database.stop();
rmSync(folder, { recursive: true, force: true });

const refusals = [...outcome.refusals].map(([status, times]) => `${times} × ${status}`).join(', ');
console.log(`${took.toFixed(0)} s, 100 writers: ${outcome.acknowledged.size} writes acknowledged (${(outcome.acknowledged.size / took).toFixed(0)}/s), ${outcome.unsure.size} without an acknowledgement (${refusals}).`);
console.log(`Longest time without a completed write: ${Math.round(outcome.longestGap)} ms. Restarts by the watchdog: ${restarts.length}. Acknowledged and lost: ${lost.length}. Written twice: ${twice.length}.`);
if (outcome.longestGap > LONGEST_GAP || lost.length > 0 || twice.length > 0) process.exit(1);
