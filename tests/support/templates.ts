import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/web';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../worker/database/migrate.ts';
import { seed } from '../../worker/database/seed.ts';
import { syncKnowledgeBase } from '../../worker/kb/sync.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { cheapHash } from './password.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the templates of this run. */
    templates: string;
  }
}

type Template = 'empty' | 'demo';

/** Makes, once a run, the databases that worlds start from: one migrated and empty, one with the demo and the help centre in it. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-templates-'));
  await made(join(folder, 'empty'), migrate);
  cpSync(join(folder, 'empty'), join(folder, 'demo'), { recursive: true });
  await made(join(folder, 'demo'), async (url) => {
    await seed(url);
    await syncKnowledgeBase(url);
    await quicken(url);
  });
  project.provide('templates', folder);
  return () => rmSync(folder, { recursive: true, force: true });
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
}

/** Puts a database of its own into a folder, as migrations, or the demo, left it. */
export const startFrom = (template: Template, folder: string) => cpSync(join(inject('templates'), template), folder, { recursive: true });
