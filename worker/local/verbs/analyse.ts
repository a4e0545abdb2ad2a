import { createClient } from '@libsql/client/web';
import { drawSome, undrawn } from '../../data/draw.ts';
import { refillSearch } from '../../search/refill.ts';
import { progressOf } from '../progress.ts';
import { openWorkspace } from '../workspace.ts';

/** Draws every text that has no HTML of today's rules yet, and brings the index of search in order. */
export default async function run(): Promise<void> {
  const workspace = await openWorkspace();
  const client = createClient({ url: workspace.databaseUrl, ...(workspace.authToken ? { authToken: workspace.authToken } : {}) });
  const progress = progressOf('Drawing');
  let done = 0;
  try {
    const total = await undrawn(client);
    for (let drawn = 1; drawn > 0; progress.at((done += drawn), total)) drawn = await drawSome(client, (statements) => client.batch(statements, 'write'));
    await refillSearch(client);
    await client.batch(["insert into search_index (search_index) values ('optimize')", "insert into search_titles (search_titles) values ('optimize')"], 'write');
    console.log(`Drew ${done} texts in ${progress.end().toFixed(1)} s; search is in order.`);
  } finally {
    client.close();
    await workspace.close();
  }
}
