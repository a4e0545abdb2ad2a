import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../worker/database/open.ts';
import { syncKnowledgeBase } from '../../worker/kb/sync.ts';
import { DIST } from '../../worker/local/build.ts';
import type { Post } from '../../worker/local/mail.ts';
import type { MeaningService } from '../../worker/local/meaning.ts';
import type { Scanner } from '../../worker/local/scanner.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { startWorkerd } from '../../worker/local/workerd.ts';
import { formKey } from '../../worker/platform/form-time.ts';
import { SECRET } from './stoa.ts';
import { startFrom } from './templates.ts';

/** The hidden field of a form that was drawn so many seconds ago. */
export const drawn = (secondsAgo = 60) => formKey(SECRET, Date.now() - secondsAgo * 1_000);

/** Answers of agents are not held, but where a test says so. */
async function sendAtOnce(url: string): Promise<void> {
  const client = openDatabase({ url }).$client;
  await client.execute("insert into settings (key, value) values ('undo_seconds', '0'), ('undo_note_seconds', '0')");
  client.close();
}

export interface Visit {
  status: number;
  html: string;
  headers: Headers;
  /** What `Server-Timing` says of the database. */
  roundTrips: number | undefined;
}

/** What an answer tells a browser to send from now on. */
export const cookiesOf = ({ headers }: Visit) => headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');

/** The built worker in workerd beside the real libSQL server, with the demo workspace in it, or empty; with a mail server, a scanner, somebody who says what texts mean, and hosts of a private network, if it has some. */
export async function edge({ demo = true, post, scanner, meaning, privateHosts = [] }: { demo?: boolean; post?: Post; scanner?: Scanner; meaning?: MeaningService; privateHosts?: string[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-edge-'));
  startFrom(demo ? 'demo' : 'empty', join(folder, 'db'));
  const database = await startSqld({ folder: join(folder, 'db'), watch: true });
  await sendAtOnce(database.url);
  if (!demo) await syncKnowledgeBase(database.url);
  const worker = await startWorkerd({ dist: DIST, folder, databaseUrl: database.url, secret: SECRET, post, scanner, meaning, privateHosts });

  async function visit(path: string, options: { cookie?: string; form?: Record<string, string>; headers?: Record<string, string>; method?: string } = {}): Promise<Visit> {
    const { cookie, form, headers = {}, method } = options;
    const response = await fetch(worker.url + path, {
      redirect: 'manual',
      method: method ?? (form ? 'POST' : 'GET'),
      headers: { ...(cookie ? { cookie } : {}), ...(form ? { origin: worker.url } : {}), ...headers },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    const timing = /db;desc="(\d+) round/.exec(response.headers.get('server-timing') ?? '')?.[1];
    return { status: response.status, html: await response.text(), headers: response.headers, roundTrips: timing === undefined ? undefined : Number(timing) };
  }

  /** The cookies of someone of the demo, as their browser holds them after the first page. */
  async function signedIn(email: string): Promise<string> {
    const { headers } = await visit('/sign-in', { form: { email, password: 'stoa-demo-password' } });
    const session = headers.getSetCookie()[0]!.split(';')[0]!;
    const next = await visit('/forum', { cookie: session });
    return [session, ...next.headers.getSetCookie().map((cookie) => cookie.split(';')[0])].join('; ');
  }

  /** On streams that stay open: each new one would read the whole schema. */
  const client = openDatabase({ url: database.url, patience: 30_000 }).$client;

  /** What the database holds, asked or changed past the worker. */
  const rows = async (sql: string, args: (string | number | null)[] = []) => (await client.execute({ sql, args })).rows;

  return {
    url: worker.url,
    folder,
    database,
    worker,
    visit,
    signedIn,
    client,
    rows,
    async close() {
      await worker.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
