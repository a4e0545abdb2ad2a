import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@libsql/client/web';
import { buildSync } from 'esbuild';
import { startSqld } from '../../worker/local/sqld.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';
import type { Target } from './measure.ts';

/** What the yardstick's database holds, and nothing else: parsing a schema is part of what a look costs. */
const TABLES = ['users (id text primary key, name text, handle text)', 'topics (id text primary key, number integer unique, slug text, title text, author_id text)', 'posts (id text primary key, topic_id text, number integer, author_id text, html text, created_at integer, unique (topic_id, number))'];

/** The columns of a table whose rows are taken over. */
const COLUMNS = { users: ['id', 'name', 'handle'], topics: ['id', 'number', 'slug', 'title', 'author_id'], posts: ['id', 'topic_id', 'number', 'author_id', 'html', 'created_at'] };

/** Rows of one insert. */
const AT_ONCE = 500;

/**
 * The least that a page of twenty posts can be (`bare.ts`), over the posts of one topic of the database at `from`, in a worker
 * and beside a database of its own: what else is measured in the same minutes is told as a multiple of it, since the pace of a
 * machine varies.
 */
export async function startYardstick(from: string, topic: number, folder: string) {
  const dist = join(folder, 'bare');
  for (const part of ['server', 'client']) mkdirSync(join(dist, part), { recursive: true });
  buildSync({ entryPoints: [fileURLToPath(new URL('./bare.ts', import.meta.url))], outfile: join(dist, 'server', 'entry.mjs'), bundle: true, minify: true, format: 'esm', conditions: ['workerd', 'worker', 'browser'], logLevel: 'error' });
  const database = await startSqld({ folder: join(folder, 'bare-db') });
  await fill(from, database.url, topic);
  const worker = await startWorkerd({ dist, folder: join(folder, 'bare-worker'), databaseUrl: database.url, secret: 'a secret of the bench, long enough' });
  const target: Target = { name: 'a bare page', path: `/topics/${topic}` };
  const stop = () => Promise.all([worker.stop(), database.stop()]);
  return { url: worker.url, pids: { worker: worker.process.pid, database: database.process.pid }, target, stop };
}

async function fill(from: string, to: string, topic: number): Promise<void> {
  const [source, own] = [createClient({ url: from }), createClient({ url: to })];
  await own.batch(TABLES.map((table) => `create table ${table}`), 'write');
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const of = table === 'posts' ? `posts where topic_id = (select id from topics where number = ${topic})` : table;
    const { rows } = await source.execute(`select ${columns.join(', ')} from ${of}`);
    for (let first = 0; first < rows.length; first += AT_ONCE) {
      await own.batch(rows.slice(first, first + AT_ONCE).map((row) => ({ sql: `insert into ${table} values (${columns.map(() => '?').join(', ')})`, args: columns.map((column) => row[column]!) })), 'write');
    }
  }
  source.close();
  own.close();
}
