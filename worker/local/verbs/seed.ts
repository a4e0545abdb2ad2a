import { createClient } from '@libsql/client/web';
import { migrate } from '../../database/migrate.ts';
import { seed } from '../../database/seed.ts';
import { Trouble } from '../say.ts';
import { type OpenWorkspace, openWorkspace } from '../workspace.ts';

/** Fills the demo workspace in, where nobody is yet or the demo is already: everyone knows its people's password. What is there stays as it is. */
export default async function run(): Promise<void> {
  const workspace = await openWorkspace();
  try {
    await migrate(workspace.databaseUrl, workspace.authToken);
    if (await isOwn(workspace)) throw new Trouble('This workspace has people of its own. The demo is for an empty one.');
    await seed(workspace.databaseUrl, workspace.authToken);
    console.log('The demo workspace is filled in.');
  } finally {
    await workspace.close();
  }
}

async function isOwn({ databaseUrl: url, authToken }: OpenWorkspace): Promise<boolean> {
  const client = createClient({ url, ...(authToken ? { authToken } : {}) });
  try {
    const { rows } = await client.execute("select exists (select 1 from users) and not exists (select 1 from settings where key = 'demo') as own");
    return rows[0]?.['own'] === 1;
  } finally {
    client.close();
  }
}
