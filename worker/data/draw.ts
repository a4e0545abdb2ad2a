import type { Client } from '@libsql/client';
import { RENDERER, rendered } from '../platform/markdown.ts';
import type { Sql } from '../platform/gate.ts';

const TABLES = ['posts', 'ticket_messages', 'articles'] as const;

/** One helping: some tenths of a second of CPU at most, and an answer well below libSQL's 10 MB. Counted, since a worker's clock stands still while it computes. */
const HELPING = { texts: 200, characters: 300_000 };

interface Stale {
  kind: (typeof TABLES)[number];
  id: string;
  size: number;
}

/** How many texts have no HTML of today's rules. */
export async function undrawn(client: Client): Promise<number> {
  const { rows } = await client.execute({ sql: `select ${TABLES.map((table) => `(select count(*) from ${table} where renderer < ?1)`).join(' + ')} as texts`, args: [RENDERER] });
  return Number(rows[0]!['texts']);
}

/** Draws the next helping of such texts, and says how many; one that is edited meanwhile keeps its new HTML. Safe to run twice. */
export async function drawSome(client: Client, commit: (statements: Sql[]) => Promise<unknown>): Promise<number> {
  const chosen = await nextStale(client);
  if (chosen.length === 0) return 0;
  const bodies = await client.batch(chosen.map(({ kind, id }) => ({ sql: `select body from ${kind} where id = ?`, args: [id] })), 'read');
  const statements = chosen.flatMap(({ kind, id }, i) => {
    const body = bodies[i]!.rows[0]?.['body'];
    return typeof body === 'string' ? [{ sql: `update ${kind} set html = ?, renderer = ? where id = ? and renderer < ?`, args: [rendered(body), RENDERER, id, RENDERER] }] : [];
  });
  await commit(statements);
  return chosen.length;
}

async function nextStale(client: Client): Promise<Stale[]> {
  const stale = TABLES.map((table) => `select * from (select '${table}' as kind, id, length(body) as size from ${table} where renderer < ?1 limit ${HELPING.texts})`);
  const { rows } = await client.execute({ sql: `${stale.join(' union all ')} limit ${HELPING.texts}`, args: [RENDERER] });
  let characters = 0;
  return (rows as unknown as Stale[]).filter(({ size }, i) => (characters += size) <= HELPING.characters || i === 0);
}
