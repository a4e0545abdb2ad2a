import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClient } from '@libsql/client/web';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../worker/database/migrate.ts';
import { seed } from '../../worker/database/seed.ts';
import { syncKnowledgeBase } from '../../worker/kb/sync.ts';
import { DATA_FILE, startSqld } from '../../worker/local/sqld.ts';
import { startServers } from './databases.ts';
import { cheapHash } from './password.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the templates of this run. */
    templates: string;
  }
}

type Template = 'empty' | 'demo';

/** Makes, once a run, the databases that worlds start from, one migrated and empty, one with the demo and the help centre in it, and the servers of the workers. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-templates-'));
  await made(join(folder, 'empty'), migrate);
  cpSync(join(folder, 'empty'), join(folder, 'demo'), { recursive: true });
  await made(join(folder, 'demo'), async (url) => {
    await seed(url);
    await syncKnowledgeBase(url);
    await quicken(url);
  });
  const { servers, stop } = await startServers(folder, project.vitest.config.maxWorkers);
  project.provide('templates', folder);
  project.provide('servers', servers);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** People of the demo sign in hundreds of times a run: their password costs less to check. */
async function quicken(url: string): Promise<void> {
  const client = createClient({ url });
  await client.execute({ sql: 'update users set password_hash = ? where password_hash is not null', args: [cheapHash('stoa-demo-password')] });
  client.close();
}

async function made(folder: string, fill: (url: string) => Promise<unknown>): Promise<void> {
  const server = await startSqld({ folder });
  await fill(server.url);
  await server.stop();
  const database = new DatabaseSync(fileOf(folder));
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}

const fileOf = (folder: string) => join(folder, DATA_FILE);

/** The one file of a database as migrations left it. */
export const emptyFile = () => fileOf(join(inject('templates'), 'empty'));

/** Puts a database of its own into a folder, as migrations, or the demo, left it. */
export const startFrom = (template: Template, folder: string) => cpSync(join(inject('templates'), template), folder, { recursive: true });
