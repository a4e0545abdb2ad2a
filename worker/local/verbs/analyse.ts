import { createClient } from '@libsql/client/web';
import { drawSome, undrawn } from '../../data/draw.ts';
import { openDatabase } from '../../database/open.ts';
import { gateOf } from '../../platform/gate.ts';
import { giveMeaning } from '../../search/jobs.ts';
import { refillSearch } from '../../search/refill.ts';
import { meaningHere } from '../meaning.ts';
import { progressOf } from '../progress.ts';
import { openWorkspace } from '../workspace.ts';

/** Draws every text that has no HTML of today's rules yet, brings the index of search in order, and has every text given its vector, where somebody is named who gives them. */
export default async function run(): Promise<void> {
  const workspace = await openWorkspace();
  const client = createClient({ url: workspace.databaseUrl, ...(workspace.authToken ? { authToken: workspace.authToken } : {}) });
  const progress = progressOf('Drawing');
  let done = 0;
  try {
    const total = await undrawn(client);
    for (let drawn = 1; drawn > 0; progress.at((done += drawn), total)) drawn = await drawSome(client, (statements) => client.batch(statements, 'write'));
    await refillSearch(client);
    await vectors(workspace);
    await client.batch(["insert into search_index (search_index) values ('optimize')", "insert into search_titles (search_titles) values ('optimize')"], 'write');
    console.log(`Drew ${done} texts in ${progress.end().toFixed(1)} s; search is in order.`);
  } finally {
    client.close();
    await workspace.close();
  }
}

/** Has topics and articles given their vectors until all have one. */
async function vectors({ databaseUrl: url, authToken }: { databaseUrl: string; authToken?: string | undefined }): Promise<void> {
  const meaning = meaningHere();
  if (!meaning) return;
  const db = openDatabase({ url, patience: 30_000, ...(authToken ? { authToken } : {}) });
  for (let done = 0, some = 1; some > 0; done += some) {
    some = await giveMeaning.work({ db, gate: gateOf(db), meaning, now: new Date(), secret: '', url: '' });
    console.log(`${done + some} texts have a vector of ${meaning.model}.`);
  }
}
