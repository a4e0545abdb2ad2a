import { migrate } from '../../database/migrate.ts';
import { seed } from '../../database/seed.ts';
import { openWorkspace } from '../workspace.ts';

/** Fills the demo workspace in. What is there already stays as it is. */
export default async function run(): Promise<void> {
  const workspace = await openWorkspace();
  await migrate(workspace.databaseUrl, workspace.authToken);
  await seed(workspace.databaseUrl, workspace.authToken);
  console.log('The demo workspace is filled in.');
  await workspace.close();
}
