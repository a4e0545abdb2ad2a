import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/web';
import { migrate } from '../../worker/database/migrate.ts';
import { openDatabase } from '../../worker/database/open.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { permissionsOf } from '../../worker/platform/permissions.ts';
import { answersTo, type Query } from '../../worker/platform/query.ts';
import { visitor } from '../../worker/platform/viewer.ts';
import { questionsCounted } from '../../worker/questions/queries.ts';
import { defaultViews } from '../../worker/views/defaults.ts';
import { countsOf, ticketsMatching } from '../../worker/views/queries.ts';
import { cpuOf } from './measure.ts';

/** `node tests/bench/queue.ts [tickets]`: milliseconds of the database for each default view over a million tickets: its first page, its fortieth, and the counts beside it. */
const TICKETS = Number(process.argv[2] ?? 1_000_000);
const [PEOPLE, ACCOUNTS, AGENTS, STEP, ROUNDS] = [50_000, 2_000, 50, 50_000, 100];
const BORN = 1_700_000_000_000;

const folder = mkdtempSync(join(tmpdir(), 'stoa-queue-'));
const server = await startSqld({ folder });
await migrate(server.url);
const client = createClient({ url: server.url });
const counted = (from: number, to: number) => `with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to - 1})`;
/** Numbers without an order, the same each time. */
const shuffled = (by: number, below: number) => `((i * ${by} + i / 7) % ${below})`;

await client.execute(`${counted(0, ACCOUNTS)} insert into accounts (id, name, plan, created_at) select 'acc_' || i, 'Company ' || i, 'Scale', ${BORN} from n`);
await client.execute(`${counted(0, PEOPLE)} insert into users (id, email, name, handle, role, account_id, created_at) select 'usr_' || i, 'p' || i || '@example.net', 'Person ' || i, 'p' || i, 'customer', 'acc_' || (i % ${ACCOUNTS}), ${BORN} from n`);
await client.execute(`${counted(0, AGENTS)} insert into users (id, email, name, handle, role, created_at) select 'agt_' || i, 'a' || i || '@example.net', 'Agent ' || i, 'a' || i, 'agent', ${BORN} from n`);
const started = performance.now();
// Indexes are made afterwards, in order: filling them at random takes hours.
const { rows: kept } = await client.execute("select name, sql from sqlite_master where type = 'index' and tbl_name = 'tickets' and sql is not null");
for (const { name } of kept) await client.execute(`drop index "${name}"`);
for (let from = 0; from < TICKETS; from += STEP) {
  // One in twelve is open: a third new, a third open, the rest pending or on hold; half of these wait for us, a quarter are nobody's.
  await client.execute(`${counted(from, Math.min(TICKETS, from + STEP))} insert into tickets (id, number, requester_id, account_id, subject, status, priority, assignee_id, tags, messages_count, waiting_since, last_message_at, solved_at, created_at, updated_at)
    select 'tkt_' || i, i + 1, 'usr_' || ${shuffled(7919, PEOPLE)}, 'acc_' || ${shuffled(104729, ACCOUNTS)}, 'Ticket ' || i,
      case when i % 12 > 0 then case when i % 5 = 0 then 'closed' else 'solved' end else case i / 12 % 6 when 0 then 'new' when 1 then 'new' when 2 then 'open' when 3 then 'open' when 4 then 'pending' else 'on_hold' end end,
      case ${shuffled(31, 20)} when 0 then 'urgent' when 1 then 'high' when 2 then 'high' when 3 then 'low' else 'normal' end,
      case when ${shuffled(17, 4)} = 0 then null else 'agt_' || ${shuffled(13, AGENTS)} end, json_array('tag-' || ${shuffled(3, 40)}), 2,
      case when i % 12 = 0 and i / 12 % 2 = 0 then ${BORN} + i * 30000 end, ${BORN} + i * 30000, case when i % 12 > 0 then ${BORN} + i * 30000 + 86400000 end, ${BORN} + i * 30000, ${BORN} + i * 30000 from n`);
}
for (const { sql } of kept) await client.execute(String(sql));
console.log(`${TICKETS} tickets written in ${((performance.now() - started) / 1000).toFixed(0)} s`);

const db = openDatabase({ url: server.url, patience: 60_000 });
const agent = { ...visitor, id: 'agt_7', name: 'Agent 7', role: 'agent' as const, permissions: permissionsOf.agent };
const now = BORN + TICKETS * 30_000 + 90_000_000;

/** Of one batch, in milliseconds: CPU of the database, the quickest and the median time over a connection on this machine. */
async function timed(...queries: Query<unknown>[]): Promise<string> {
  const askings = queries.length > 0 ? queries.map((query) => query.asking(db, agent)) : [{ sql: 'select 1', args: [], rows: () => [] }];
  for (let i = 0; i < 3; i++) await answersTo(db, askings);
  const [times, before]: [number[], number] = [[], cpuOf(server.process.pid)];
  for (let i = 0; i < ROUNDS; i++) {
    const from = performance.now();
    await answersTo(db, askings);
    times.push(performance.now() - from);
  }
  const cpu = ((cpuOf(server.process.pid) - before) * 1000) / ROUNDS;
  times.sort((a, b) => a - b);
  return `${cpu.toFixed(1)} / ${times[0]!.toFixed(1)} / ${times[times.length >> 1]!.toFixed(1)}`;
}

console.log(`Milliseconds a batch: CPU of the database / quickest / median of ${ROUNDS}. select 1: ${await timed()}\n\n| view | first page | page 40 | page, counts and questions in one batch |\n|---|---|---|---|`);
for (const view of defaultViews) {
  let after: string | null | undefined;
  for (let page = 1; page < 40 && after !== null; page++) {
    const query = ticketsMatching({ limit: 50, after }, view, now);
    const [rows] = await answersTo(db, [query.asking(db, agent)]);
    after = query.read(rows!).next;
  }
  const cells = [await timed(ticketsMatching({ limit: 50 }, view, now)), await timed(ticketsMatching({ limit: 50, after: after ?? undefined }, view, now)), await timed(ticketsMatching({ limit: 50 }, view, now), countsOf(defaultViews, now), questionsCounted())];
  console.log(`| ${view.id} | ${cells.join(' | ')} |`);
}
client.close();
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
