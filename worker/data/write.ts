import { setImmediate as breath } from 'node:timers/promises';
import type { Client } from '@libsql/client';
import type { Question } from '../database/batch.ts';
import type { Database } from '../database/open.ts';
import { ticketsFindable, TO_FIND } from '../beside/schema.ts';
import { newId } from '../platform/id.ts';
import { answersIn } from './answers.ts';
import { isNamed, listed, ORDER, REFERENCES } from './kinds.ts';
import type { LineType } from './line.ts';
import { PREFIXES, type Row, writers } from './rows.ts';
import type { Spool } from './spool.ts';

/** What one batch holds at most: lines, and characters of them; half a second of the database or so, for which others' writes wait. Smaller ones would write the pages of indexes more often. */
const BATCH = { lines: 4_000, size: 4_000_000 };

/** Lines of the next batch that are made before the one under way is seen to: without it nothing of that one is sent until the next is made. */
const AT_ONCE = 100;

const FOUND = 2_000;

/** Posts and messages are written by what they belong to and by time, the rest as in the file. */
const SORTED: Partial<Record<LineType, string>> = {
  post: "from lines l left join lines o on o.type = 'topic' and o.id = l.first where l.type = 'post' and l.state = 'new' order by o.number, l.at, l.number",
  message: "from lines l left join lines o on o.type = 'ticket' and o.id = l.first where l.type = 'message' and l.state = 'new' order by o.number, l.at, l.number",
};

interface Writing {
  db: Database;
  spool: Spool;
  written: (type: LineType, lines: number) => void;
  /** Stores the files of rows before they are written. */
  bring: (rows: Row[]) => Promise<void>;
}

/**
 * Writes every line that is new, one batch in flight while the next is made. Each batch is whole or not at all and leaves every number
 * and count right, so that a run cut off anywhere is completed by the next.
 */
export async function write({ db, spool, written, bring }: Writing): Promise<void> {
  let flying = Promise.resolve();
  for (const type of ORDER) {
    for await (const rows of batches(type, spool)) {
      await bring(rows);
      const statements = (writers[type] as (rows: Row[]) => Question[])(rows);
      await flying;
      flying = db.write(statements).then(() => written(type, rows.length));
      flying.catch(() => undefined);
    }
    await flying;
  }
  await tie(spool, db.$client);
  await makeFindable(db.$client);
}

async function* batches(type: LineType, spool: Spool): AsyncGenerator<Row[]> {
  const { db } = spool;
  const ours = (place: number, column: string) => {
    const reference = REFERENCES[type][place];
    return reference ? `(select ours from lines o where o.type in (${listed(reference.to)}) and o.id = l.${column} and o.ours is not null limit 1)` : 'null';
  };
  const read = db.prepare(`select l.number, l.ours as id, b.line, ${ours(0, 'first')} as first, ${ours(1, 'second')} as second from lines l join bodies b on b.number = l.number where l.number = ?`);
  const name = db.prepare('update lines set ours = ? where number = ?');
  let [rows, size]: [Row[], number] = [[], 0];
  for (const { number } of db.prepare(`select l.number ${SORTED[type] ?? `from lines l where l.type = '${type}' and l.state = 'new' order by l.number`}`).iterate()) {
    const found = read.get(number!) as unknown as Omit<Row, 'line'> & { line: string };
    const id = found.id ?? newId(PREFIXES[type]);
    if (isNamed(type)) name.run(id, number!);
    rows.push({ ...found, id, line: JSON.parse(found.line), ...(type === 'ticket' ? { answered: answersIn(spool, number as number) } : {}) });
    size += found.line.length;
    if (rows.length % AT_ONCE === 0) await breath();
    if (rows.length < BATCH.lines && size < BATCH.size) continue;
    yield rows;
    [rows, size] = [[], 0];
  }
  if (rows.length > 0) yield rows;
}

/** Lets the tickets be found beside others, so many at once; what the clock finds meanwhile is found. */
async function makeFindable(client: Client): Promise<void> {
  for (let left = FOUND; left === FOUND; ) {
    const { rows } = await client.execute({ sql: TO_FIND, args: [FOUND] });
    if (rows.length > 0) await client.batch(ticketsFindable(rows), 'write');
    left = rows.length;
  }
}

/** Managers of accounts and parents of categories, where there is none yet. */
async function tie({ db }: Spool, client: Client): Promise<void> {
  const wishes = (type: LineType) => JSON.stringify(db.prepare('select l.ours, o.ours as wish from lines l join lines o on o.number = l.wish where l.type = ? and l.wish is not null').all(type).map(({ ours, wish }) => [ours, wish]));
  const above = 'with recursive above (id) as (select value ->> 1 union select parent_id from categories join above on categories.id = above.id where parent_id is not null) select id from above';
  await client.batch(
    [
      { sql: 'update accounts set csm_id = value ->> 1 from json_each(?) where accounts.id = value ->> 0 and csm_id is null', args: [wishes('account')] },
      { sql: `update categories set parent_id = value ->> 1 from json_each(?) where categories.id = value ->> 0 and parent_id is null and categories.id not in (${above})`, args: [wishes('category')] },
    ],
    'write',
  );
}
