import { createClient } from '@libsql/client/web';
import { migrations } from '../../database/migrate.ts';
import { postOf, wayOf } from '../mail.ts';
import { meaningHere, meaningNote, meaningServiceOf } from '../meaning.ts';
import { dataFolder, openWorkspace, running } from '../workspace.ts';

/** Milliseconds that whoever says what texts mean may take. */
const PATIENCE = 10_000;

type Check = [name: string, run: () => Promise<string>];

/** Checks configuration, database, search, mail and clock: one line each; exit code 1 when one is not well. */
export default async function run(): Promise<void> {
  const workspace = await openWorkspace();
  const client = createClient({ url: workspace.databaseUrl, ...(workspace.authToken ? { authToken: workspace.authToken } : {}) });
  const ask = async (sql: string): Promise<Record<string, unknown>> => (await client.execute(sql)).rows[0] ?? {};
  const checks: Check[] = [
    ['configuration', async () => `data in ${dataFolder()}, ${running() ? `running at ${running()!.url}` : 'not running'}`],
    ['database', async () => `${(await ask('select sqlite_version() v'))['v']}, ${(await ask('pragma page_count'))['page_count']} pages`],
    ['durability', async () => (Number((await ask('pragma synchronous'))['synchronous']) >= 2 ? 'every commit is synced to disk' : Promise.reject(new Error('a power cut may lose the last commits')))],
    ['schema', async () => (Number((await ask('select count(*) n from migrations'))['n']) === migrations.length ? 'up to date' : Promise.reject(new Error('run stoa migrate')))],
    ['search', async () => `${(await ask('select count(*) n from search_documents'))['n']} documents`],
    ['meaning', async () => {
      const { given, all } = await ask("select (select count(*) from meanings where size > 0) given, (select count(*) from search_documents where type in ('article', 'topic')) as \"all\"");
      const [vector] = (await meaningHere()?.vectorsOf(['booking'], PATIENCE)) ?? [];
      return `${running()?.meaning ?? meaningNote(meaningServiceOf())}; ${given} of ${all} topics and articles have a vector${vector ? `; it answers with ${vector.length} numbers` : ''}`;
    }],
    ['outbox', async () => `${(await ask('select count(*) n from outbox where delivered_at is null'))['n']} events wait`],
    ['mail', async () => {
      const { waiting, failed } = await ask(`select (select count(*) from mails where state = 'queued') waiting, (select count(*) from mails where state = 'failed') failed`);
      return `${running()?.mail ?? wayOf(postOf())}; ${waiting} wait, ${failed} given up`;
    }],
    ['clock', async () => `${new Date().toISOString()}, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`],
  ];
  for (const [name, check] of checks) {
    try {
      console.log(`ok    ${name}: ${await check()}`);
    } catch (error) {
      console.log(`wrong ${name}: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
  client.close();
  await workspace.close();
}
