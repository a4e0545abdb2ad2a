import { migrate } from '../../database/migrate.ts';
import { syncKnowledgeBase } from '../../kb/sync.ts';
import { openWorkspace } from '../workspace.ts';

/** Brings the database to the newest schema, and the articles of content/kb into it. */
export default async function run(): Promise<void> {
  const workspace = await openWorkspace();
  try {
    const applied = await migrate(workspace.databaseUrl, workspace.authToken);
    await syncKnowledgeBase(workspace.databaseUrl, workspace.authToken);
    console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'Nothing to apply.');
  } finally {
    await workspace.close();
  }
}
