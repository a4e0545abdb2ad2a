import { createClient } from '@libsql/client/web';
import { RENDERER, rendered } from '../../platform/markdown.ts';
import { refillSearch } from '../../search/refill.ts';
import { progressOf } from '../progress.ts';
import { openWorkspace } from '../workspace.ts';

const CHUNK = 200;
const TABLES = ['posts', 'ticket_messages', 'articles'] as const;

/** Draws every text that has no HTML of today's rules yet, and brings the index of search in order. */
export default async function run(): Promise<void> {
  const workspace = await openWorkspace();
  const client = createClient({ url: workspace.databaseUrl, ...(workspace.authToken ? { authToken: workspace.authToken } : {}) });
  const progress = progressOf('Drawing');
  let done = 0;
  try {
    const counted = await client.batch(TABLES.map((table) => ({ sql: `select count(*) n from ${table} where renderer < ?`, args: [RENDERER] })), 'read');
    const total = counted.reduce((sum, { rows }) => sum + Number(rows[0]!['n']), 0);
    for (const table of TABLES) {
      for (;;) {
        const { rows } = await client.execute({ sql: `select id, body from ${table} where renderer < ? limit ${CHUNK}`, args: [RENDERER] });
        if (rows.length === 0) break;
        await client.batch(rows.map((row) => ({ sql: `update ${table} set html = ?, renderer = ? where id = ?`, args: [rendered(row['body'] as string), RENDERER, row['id']!] })), 'write');
        progress.at((done += rows.length), total, done);
      }
    }
    await refillSearch(client);
    await client.batch(["insert into search_index (search_index) values ('optimize')", "insert into search_titles (search_titles) values ('optimize')"], 'write');
    console.log(`Drew ${done} texts in ${progress.end().toFixed(1)} s; search is in order.`);
  } finally {
    client.close();
    await workspace.close();
  }
}
