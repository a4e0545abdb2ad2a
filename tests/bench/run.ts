import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/web';
import { exportFile } from '../../worker/data/export.ts';
import { importFile } from '../../worker/data/import.ts';
import { migrate } from '../../worker/database/migrate.ts';
import { syncKnowledgeBase } from '../../worker/kb/sync.ts';
import { buildIfStale, DIST } from '../../worker/local/build.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';
import { hashPassword } from '../../worker/people/password.ts';
import { RENDERER, rendered } from '../../worker/platform/markdown.ts';
import { generate } from './generate.ts';
import { type Figures, load, memoryOf, type Target, warm, weigh } from './measure.ts';
import { startYardstick } from './yardstick.ts';

/** `npm run bench`: the performance table of the README, measured now. STOA_BENCH_SECONDS makes each measurement shorter or longer. */
const SECONDS = Number(process.env['STOA_BENCH_SECONDS'] ?? 4);

buildIfStale();
const folder = mkdtempSync(join(tmpdir(), 'stoa-bench-'));
const file = join(folder, 'bench.jsonl');
const lines = await generate(file);
const database = await startSqld({ folder: join(folder, 'db') });
await migrate(database.url);
await syncKnowledgeBase(database.url);

const importing = performance.now();
await importFile(file, { url: database.url, problem: (line, reason) => console.error(line, reason) });
const importRate = lines / ((performance.now() - importing) / 1000);
const importMemory = Math.round(process.memoryUsage.rss() / 1_048_576);
const exporting = performance.now();
const exported = await exportFile(join(folder, 'out.jsonl'), { url: database.url });
const exportRate = exported / ((performance.now() - exporting) / 1000);

const client = createClient({ url: database.url });
for (const table of ['posts', 'ticket_messages']) {
  for (;;) {
    const { rows } = await client.execute(`select id, body from ${table} where renderer < ${RENDERER} limit 500`);
    if (rows.length === 0) break;
    await client.batch(rows.map((row) => ({ sql: `update ${table} set html = ?, renderer = ? where id = ?`, args: [rendered(row['body'] as string), RENDERER, row['id']!] })), 'write');
  }
}
await client.execute({ sql: "update users set password_hash = ?, verified_at = created_at, role = case email when 'agent@bench.test' then 'admin' else role end where email in ('agent@bench.test', 'person1@bench.test')", args: [await hashPassword('stoa-bench')] });

const starting = performance.now();
const worker = await startWorkerd({ dist: DIST, folder, databaseUrl: database.url, secret: 'a secret of the bench, long enough' });
const coldStart = performance.now() - starting;
const pids = { worker: worker.process.pid, database: database.process.pid };
/** What the clock does in the first minutes after an import: hints for tickets are found, words gathered, indexes merged. */
const MINUTES = 5;
for (let minute = 0; minute < MINUTES; minute++) await worker.tick('* * * * *');

async function signIn(email: string): Promise<string> {
  const signing = await weigh(worker.url, { name: '', path: '/sign-in', form: () => ({ email, password: 'stoa-bench' }) });
  const session = (signing.headers['set-cookie'] as string[])[0]!.split(';')[0]!;
  const next = await weigh(worker.url, { name: '', path: '/forum', cookie: session });
  return [session, ...(next.headers['set-cookie'] as string[]).map((cookie) => cookie.split(';')[0])].join('; ');
}

const [agent, person] = [await signIn('agent@bench.test'), await signIn('person1@bench.test')];
/** The number of the topic of a thousand posts. */
const LONG = 1;
const addressOf = async (path: string) => String((await weigh(worker.url, { name: '', path })).headers['location'] ?? path);
const long = await addressOf(`/forum/topics/${LONG}`);
const short = await addressOf('/forum/topics/77');
/** The addresses of many things in turn: more than the worker keeps. */
const inTurn = (paths: string[]) => {
  let next = 0;
  return () => paths[next++ % paths.length]!;
};
const topics = (await client.execute('select number, slug from topics where number > 100 order by number')).rows.map(({ number, slug }) => `/forum/topics/${number}/${slug}`);
const tickets = (await client.execute('select number from tickets order by number')).rows.map(({ number }) => `/agent/tickets/${number}`);
/** A page as it is made: what no page knows is not kept. */
const anew = (path: string) => `${path}?anew=1`;
const targets: Target[] = [
  { name: 'hello', path: '/healthz' },
  { name: 'topic, from the cache', path: long },
  { name: 'home', path: anew('/') },
  { name: 'category', path: anew('/forum/category-3') },
  { name: 'topic, page 1 of 50', path: anew(long) },
  { name: 'topic, page 50 of 50', path: `${anew(long)}&page=50` },
  { name: 'the same, signed in', path: long, cookie: person },
  { name: 'a short topic', path: anew(short) },
  { name: 'short topics, one after another', path: inTurn(topics.map(anew)) },
  { name: 'search, two words', path: '/search?q=booking+refund' },
  { name: 'ticket, as agent', path: '/agent/tickets/500', cookie: agent },
  { name: 'tickets, one after another', path: inTurn(tickets), cookie: agent },
  { name: 'queue', path: '/agent', cookie: agent },
  { name: 'reply by form', path: short, cookie: agent, form: () => ({ action: 'reply', body: 'A reply of a dozen words, as people write them in a hurry.', once: crypto.randomUUID() }) },
];

const yardstick = await startYardstick(database.url, LONG, folder);
await warm(yardstick.url, yardstick.target, yardstick.pids);
const bares: Figures[] = [];
/** CPU milliseconds of a bare page, in these very seconds. */
const bare = async () => {
  const figures = await load(yardstick.url, yardstick.target, 8, SECONDS / 2, yardstick.pids);
  bares.push(figures);
  return figures.worker + figures.database;
};
/** The middle one of what was measured so often. */
const median = (of: (figures: Figures) => number) => bares.map(of).sort((a, b) => a - b)[bares.length >> 1]!;

console.log(`\n${lines.toLocaleString('en')} lines. ${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}. CPU is milliseconds a request from the process counters, once the worker has compiled what it runs; the client shares the machine. The last column is that CPU as a multiple of what a bare page of twenty posts (tests/bench/bare.ts) took right before and after.\n`);
console.log('| page | req/s at 1 / 8 / 32 | p50 / p99 ms at 8 | CPU worker + database | bytes | gzip | round trips | × bare |\n|---|---|---|---|---|---|---|---|');
for (const target of targets) {
  await warm(worker.url, target, pids);
  const weight = await weigh(worker.url, target);
  const one = await load(worker.url, target, 1, SECONDS, pids);
  const before = await bare();
  const eight = await load(worker.url, target, 8, SECONDS, pids);
  const after = await bare();
  const many = await load(worker.url, target, 32, SECONDS, pids);
  const multiple = (eight.worker + eight.database) / ((before + after) / 2);
  const rates = [one, eight, many].map(({ rate }) => Math.round(rate)).join(' / ');
  console.log(`| ${target.name} | ${rates} | ${eight.p50.toFixed(1)} / ${eight.p99.toFixed(1)} | ${eight.worker.toFixed(2)} + ${eight.database.toFixed(2)} | ${weight.raw} | ${weight.gzip} | ${weight.trips} | ${multiple.toFixed(2)} |`);
}
console.log(`\nA bare page: ${median(({ worker }) => worker).toFixed(2)} + ${median(({ database }) => database).toFixed(2)}, the middle of ${bares.length}.`);
console.log(`\nImport ${Math.round(importRate).toLocaleString('en')} lines/s (${importMemory} MB), export ${Math.round(exportRate).toLocaleString('en')} lines/s. Worker ready in ${Math.round(coldStart)} ms; memory: worker ${memoryOf(pids.worker)} MB, database ${memoryOf(pids.database)} MB.`);

client.close();
await yardstick.stop();
await worker.stop();
await database.stop();
rmSync(folder, { recursive: true, force: true });
