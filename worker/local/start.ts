import { join } from 'node:path';
import { createClient } from '@libsql/client/web';
import { seed } from '../database/seed.ts';
import { putBack } from '../data/restore.ts';
import { setupLink } from '../people/secret.ts';
import { isFull } from '../platform/full.ts';
import { MINUTE } from '../platform/time.ts';
import { buildIfStale, DIST } from './build.ts';
import { postOf, wayOf } from './mail.ts';
import { meaningNote, meaningServiceOf } from './meaning.ts';
import { endOnSignals } from './ending.ts';
import { madeFolder } from './folder.ts';
import { hold } from './lock.ts';
import { freePort, portOf } from './ports.ts';
import { answerRestore, takeRestoreRequest } from './restoring.ts';
import { prepareDatabase } from './prepare.ts';
import { program, Trouble } from './say.ts';
import { scannerOf } from './scanner.ts';
import { DATA_FILE, endServerOf, inUse, type Sqld, startSqld } from './sqld.ts';
import { endWorkerOf, FILES, startWorkerd, type Workerd } from './workerd.ts';
import { dataFolder, databaseIn, noteRunning, noteStopped, running, secretOf } from './workspace.ts';

const EVERY_MINUTE = '* * * * *';

let isReady = false;

/** `npm start`: builds what is stale, starts the database and the worker, and keeps both running until it is told to stop. */
await program(async () => {
  const port = portOf();
  const data = madeFolder(dataFolder());
  await takeFolder(data);
  if (!(await freePort(port))) throw new Trouble(`Port ${port} is taken. Stop what listens there, or set STOA_PORT to another.`);
  const post = postOf();
  const scanner = scannerOf();
  const meaning = meaningServiceOf();
  const secret = secretOf(data);
  buildIfStale();

  const log = (line: string) => console.error(line);
  const database = await startSqld({ folder: databaseIn(data), log: quiet(log), watch: true });
  try {
    await prepare(database.url);
    const worker = await startWorkerd({ dist: DIST, folder: data, port, databaseUrl: database.url, secret, log, post, scanner, meaning, ...addressOf() });
    restoreOnSignal(data, database);
    noteRunning(data, { pid: process.pid, url: worker.url, databaseUrl: database.url, mail: wayOf(post), meaning: meaningNote(meaning) });
    keepTime(worker);
    isReady = true;
    console.log(`Stoa is ready at ${worker.url}`);
    if (await isFree(database.url)) console.log(`Nobody runs it yet. Open ${worker.url}${setupLink(secret)}`);
    await endsBadly(database, worker);
  } catch (error) {
    noteStopped(data);
    throw error;
  }
});

/** Has the folder for as long as this process lasts, without what one before it, which was killed, left running there. */
async function takeFolder(data: string): Promise<void> {
  const folder = madeFolder(databaseIn(data));
  if (!hold(folder)) {
    const other = running(data);
    throw other ? new Trouble(`This workspace already runs at ${other.url}. Stop it first, or set STOA_DATA to another folder.`) : inUse(folder);
  }
  noteStopped(data);
  endOnSignals({ first: () => noteStopped(data), code: 0 });
  await endServerOf(folder);
  await endWorkerOf(data);
}

/** Migrations, the demo workspace into an empty database, and the articles that live in git. */
async function prepare(url: string): Promise<void> {
  await prepareDatabase(url);
  if (process.env['STOA_DEMO'] !== '0' && (await isEmpty(url))) {
    console.log('Filling the demo workspace.');
    await seed(url);
  }
}

function isEmpty(url: string): Promise<boolean> {
  return hasNone(url, 'select 1 from users limit 1');
}

/** Whether there is no admin who can sign in. */
function isFree(url: string): Promise<boolean> {
  return hasNone(url, `select 1 from users where role = 'admin' and password_hash is not null limit 1`);
}

async function hasNone(url: string, query: string): Promise<boolean> {
  const client = createClient({ url });
  const { rows } = await client.execute(query);
  client.close();
  return rows.length === 0;
}

function addressOf() {
  const { STOA_URL, STOA_TIME_ZONE, STOA_PRIVATE_HOSTS } = process.env;
  const privateHosts = STOA_PRIVATE_HOSTS?.split(/[\s,]+/).filter(Boolean) ?? [];
  const wrong = privateHosts.find((host) => !/^https?:\/\/[^/]+\/?$/.test(host) || !URL.canParse(host));
  if (wrong) throw new Trouble(`STOA_PRIVATE_HOSTS names hosts like https://login.example.internal:8443, with commas between them. “${wrong}” is none.`);
  return { privateHosts, ...(STOA_URL ? { url: STOA_URL.replace(/\/$/, '') } : {}), ...(STOA_TIME_ZONE ? { timeZone: STOA_TIME_ZONE } : {}) };
}

/** `stoa restore` on a running workspace: the database steps aside, is replaced, and comes back on its port. */
function restoreOnSignal(data: string, first: Sqld): void {
  let database = first;
  process.on('SIGUSR2', async () => {
    const request = takeRestoreRequest(data);
    if (!request) return;
    try {
      await database.stop();
      await putBack(request, join(databaseIn(data), DATA_FILE), join(data, FILES));
      answerRestore(data, 'done');
    } catch (error) {
      answerRestore(data, (error as Error).message);
    }
    database = await startSqld({ folder: databaseIn(data), port: Number(new URL(first.url).port), log: quiet(console.error), watch: true });
  });
}

function keepTime(worker: Workerd): void {
  setInterval(() => worker.tick(EVERY_MINUTE).catch((error) => console.error(`The clock: ${error}`)), MINUTE);
}

function endsBadly(database: Sqld, worker: Workerd): Promise<never> {
  return Promise.race([database.died, worker.died]);
}

/** What the database says of its own ordinary business is not news, and of a full disk a sentence a minute is enough; whoever is about to start is told anyway. */
function quiet(log: (line: string) => void) {
  let told = 0;
  return (line: string) => {
    if (/hrana server loop exited/.test(line)) return;
    if (isFull({ message: line })) {
      if (!isReady || Date.now() - told < MINUTE) return;
      told = Date.now();
      log('The disk is full. Nothing can be written until there is room; reading goes on.');
    } else if (/ERROR|panicked|five seconds/.test(line) && !/NamespaceDoesntExist|HTTP API: 4/.test(line)) log(line);
  };
}
