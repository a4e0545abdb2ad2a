import { migrate } from '../database/migrate.ts';
import { syncKnowledgeBase } from '../kb/sync.ts';

/** Migrations and the articles that live in git, into a database. Returns the names of the migrations applied now. */
export async function prepareDatabase(url: string, authToken?: string): Promise<string[]> {
  const applied = await migrate(url, authToken);
  await syncKnowledgeBase(url, authToken);
  return applied;
}
