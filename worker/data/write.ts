import { setImmediate as breath } from 'node:timers/promises';
import type { Client } from '@libsql/client';
import type { Question } from '../database/batch.ts';
import type { Database } from '../database/open.ts';
import { ticketsFindable, TO_FIND } from '../beside/schema.ts';
import { newId } from '../platform/id.ts';
import { answersIn } from './answers.ts';
import { isNamed, listed, ORDER, REFERENCES } from './kinds.ts';
import type { Line, LineType } from './line.ts';
import { PREFIXES, type Row, writers } from './rows.ts';
import type { Spool } from './spool.ts';
import { wordsOf } from './worded.ts';

/** What one batch holds at most: lines, and characters of them; half a second of the database or so, for which others' writes wait. Smaller ones would write the pages of indexes more often. */
const BATCH = { lines: 4_000, size: 4_000_000 };

/** Of topics, each of which is a post as well, half as many. */
const mostOf = (type: LineType) => (type === 'topic' ? BATCH.lines / 2 : BATCH.lines);

/** Batches that wait at most while one is written. */
const AHEAD = 2;

/** Lines of a batch, or tickets, that are made before the batch under way is seen to: without it nothing of that one is sent until the next is made. */
const AT_ONCE = 100;

/** Tickets that are made findable in one batch. */
const FOUND = 500;

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
 * Writes every line that is new. While a batch is written the next are made, and the tickets whose messages are there are made findable. Each
 * batch is whole or not at all and leaves every number and count right, so that a run cut off anywhere is completed by the next.
 */
export async function write(writing: Writing): Promise<void> {
  const { store, end } = inTurn(writing.db);
  await writeAll(writing, store).finally(end);
  await tie(writing.spool, writing.db.$client);
}

async function writeAll({ db, spool, written, bring }: Writing, store: Store): Promise<void> {
  const made: Promise<void>[] = [];
  let finding: Promise<void> | undefined;
  for (const type of ORDER) {
    for await (const rows of batches(type, spool)) {
      await bring(rows);
      made.push(quietly(store((writers[type] as (rows: Row[]) => Question[])(rows)).then(() => written(type, rows.length))));
      if (made.length > AHEAD) await made.shift();
    }
    if (type === 'message') finding = quietly(Promise.all(made).then(() => makeFindable(db, store)));
  }
  await Promise.all(made);
  await finding;
}

type Store = (statements: Question[]) => Promise<unknown>;

/** Stores one after the other, in the order of asking, and nothing after one that failed, nor after the end, which waits for the one under way. */
function inTurn(db: Database): { store: Store; end: () => Promise<unknown> } {
  let [last, ended]: [Promise<unknown>, boolean] = [Promise.resolve(), false];
  const next = (statements: Question[]) => {
    if (ended) throw new Error('The import has ended.');
    return db.write(statements);
  };
  return {
    store: (statements) => (last = quietly(last.then(() => next(statements)))),
    end: () => {
      ended = true;
      return last.catch(() => undefined);
    },
  };
}

/** A promise that is awaited later, whatever becomes of it until then. */
function quietly<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

async function* batches(type: LineType, spool: Spool): AsyncGenerator<Row[]> {
  const { db } = spool;
  const ours = (place: number, column: string) => {
    const reference = REFERENCES[type][place];
    return reference ? `(select ours from lines o where o.type in (${listed(reference.to)}) and o.id = l.${column} and o.ours is not null limit 1)` : 'null';
  };
  const read = db.prepare(`select l.number, l.ours as id, b.line, ${ours(0, 'first')} as first, ${ours(1, 'second')} as second from lines l join bodies b on b.number = l.number where l.number = ?`);
  const name = db.prepare('update lines set ours = ? where number = ?');
  const [named, most] = [isNamed(type), mostOf(type)];
  let [rows, size]: [Row[], number] = [[], 0];
  for (const { number } of db.prepare(`select l.number ${SORTED[type] ?? `from lines l where l.type = '${type}' and l.state = 'new' order by l.number`}`).iterate()) {
    const found = read.get(number!) as unknown as Omit<Row, 'line'> & { line: string };
    const id = found.id ?? newId(PREFIXES[type]);
    if (named) name.run(id, number!);
    const line = JSON.parse(found.line) as Line;
    rows.push({ ...found, id, line, words: wordsOf(line), ...(type === 'ticket' ? { answered: answersIn(spool, number as number) } : {}) });
    size += found.line.length;
    if (rows.length % AT_ONCE === 0) await breath();
    if (rows.length < most && size < BATCH.size) continue;
    yield rows;
    [rows, size] = [[], 0];
  }
  if (rows.length > 0) yield rows;
}

/** Lets the tickets be found by what is in them, so many at once; what the clock finds meanwhile is found. */
async function makeFindable(db: Database, store: Store): Promise<void> {
  for (let left = FOUND; left === FOUND; ) {
    const [found] = await db.read([{ sql: TO_FIND, args: [FOUND] }]);
    const tickets = found!.rows.map((row) => Object.fromEntries(found!.columns.map((name, i) => [name, row[i]])));
    const statements: Question[] = [];
    for (let first = 0; first < tickets.length; first += AT_ONCE) {
      statements.push(...ticketsFindable(tickets.slice(first, first + AT_ONCE)));
      await breath();
    }
    if (tickets.length > 0) await store(statements);
    left = tickets.length;
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
