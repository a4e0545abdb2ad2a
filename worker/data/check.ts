import type { Client } from '@libsql/client';
import { checkAnswers } from './answers.ts';
import { type Kind, listed, ORDER, type Reference, REFERENCES, SETTINGS, TABLES, TWINS, WISHES } from './kinds.ts';
import type { LineType } from './line.ts';
import type { Spool } from './spool.ts';

/** Values asked about at once. */
const CHUNK = 1_000;

export interface Check {
  client: Client;
  spool: Spool;
  /** A line that does not go in, or not as it says. */
  tell: (line: number, reason: string) => void;
  /** Lines looked up, of all. */
  progress: (done: number, total: number) => void;
}

/** Finds out which lines are there already and which refer to nothing. The workspace is only read. */
export async function check(setting: Check): Promise<void> {
  const total = setting.spool.db.prepare('select count(*) as lines from lines').get()!['lines'] as number;
  let done = 0;
  const looked = (lines: number) => setting.progress((done += lines), total);
  for (const type of ORDER) {
    if (type !== 'vote') await findPresent(type, setting, looked);
    for (const [place, reference] of REFERENCES[type].entries()) await findMissing(type, place === 0 ? 'first' : 'second', reference, setting);
    if (type === 'vote') await findGiven(setting);
  }
  await checkAnswers(setting);
  for (const [type, reference] of Object.entries(WISHES)) await grant(type as LineType, reference, setting);
}

/** Things of the workspace by the ids a file has for them: the file's own, or, for what was born here, ours. `n`, `x` and `twin` are of `asked`. */
const found = (kind: Kind, twin = false) => `
  select n, t.id, 1 as by_id, 0 as free from asked cross join ${TABLES[kind]} t on t.import_id = x
  union all select n, t.id, 1, 0 from asked cross join ${TABLES[kind]} t on t.id = x and t.import_id is null
  ${twin && TWINS[kind] ? `union all select n, t.id, 0, t.import_id is null from asked cross join ${TABLES[kind]} t on ${TWINS[kind].same}` : ''}
  order by by_id desc`;

const ASKED = 'with asked (n, x, twin) as (select value ->> 0, value ->> 1, value ->> 2 from json_each(?))';

const ask = async (client: Client, query: string, asked: unknown[]) => (await client.execute({ sql: `${ASKED} ${query}`, args: [JSON.stringify(asked)] })).rows;

async function findPresent(type: Kind, { client, spool: { db }, tell }: Check, looked: (lines: number) => void): Promise<void> {
  const { rows } = await client.execute(`select 1 from ${TABLES[type]} limit 1`);
  if (rows.length === 0) return looked(db.prepare("select count(*) as lines from lines where type = ? and state = 'new'").get(type)!['lines'] as number);
  const there = db.prepare("update lines set state = 'there', ours = ? where number = ? and state = 'new'");
  const taken = db.prepare("update lines set state = 'bad' where number = ? and state = 'new'");
  const adopted = db.prepare("update lines set ours = ? where number = ? and state = 'new'");
  for (const chunk of chunks(db.prepare("select number, id, twin from lines where type = ? and state = 'new'").iterate(type))) {
    for (const row of await ask(client, found(type, true), chunk.map(({ number, id, twin }) => [number, id, twin]))) {
      const [number, ours] = [row['n'] as number, row['id'] as string];
      if (row['by_id'] || SETTINGS.includes(type) || (type !== 'article' && !row['free'])) there.run(ours, number);
      else if (type !== 'article') adopted.run(ours, number);
      else if (taken.run(number).changes === 1) tell(number, 'slug: another article has this address already');
    }
    looked(chunk.length);
  }
}

/** What lines name and the file does not hold is looked for in the workspace; what is nowhere makes its lines bad. */
async function findMissing(type: LineType, column: 'first' | 'second', { field, to }: Reference, setting: Check): Promise<void> {
  const { spool: { db }, tell } = setting;
  const nowhere = `type = ? and state = 'new' and ${column} is not null and not exists (select 1 from lines o where o.type in (${listed(to)}) and o.id = lines.${column} and o.state <> 'bad')`;
  await fetchOutside(db.prepare(`select distinct ${column} as id from lines where ${nowhere}`).iterate(type), to, setting);
  for (const { number, id } of db.prepare(`update lines set state = 'bad' where ${nowhere} returning number, ${column} as id`).iterate(type)) {
    tell(number as number, `${field}: there is ${to.length > 1 ? 'nothing called' : `no ${to[0]}`} ${JSON.stringify(id)}`);
  }
}

/** Remembers what of the workspace these ids mean. With `twins`, people are known by their e-mail address as well. */
export async function fetchOutside(ids: Iterable<Record<string, unknown>>, kinds: Kind[], { client, spool: { db } }: Check, twins = false): Promise<void> {
  const remember = db.prepare("insert or ignore into lines (number, type, id, ours, state) select min(number, 0) - 1, ?, ?, ?, 'there' from (select min(number) as number from lines)");
  for (const chunk of chunks(ids)) {
    for (const kind of kinds) {
      for (const row of await ask(client, found(kind, twins), chunk.map(({ id }) => [id, id, String(id).toLowerCase()]))) remember.run(kind, row['n'] as string, row['id'] as string);
    }
  }
}

/** Votes that were given already. */
async function findGiven({ client, spool: { db } }: Check): Promise<void> {
  const there = db.prepare("update lines set state = 'there' where number = ?");
  const pairs = db.prepare(`
    select v.number, o.ours as target, u.ours as author from lines v
    join lines o on o.type in (${listed(REFERENCES.vote[0]!.to)}) and o.id = v.first and o.ours is not null
    join lines u on u.type = 'user' and u.id = v.second and u.ours is not null
    where v.type = 'vote' and v.state = 'new'`);
  for (const chunk of chunks(pairs.iterate())) {
    const given = await ask(client, 'select n from asked cross join votes on on_id = x and author_id = twin', chunk.map(({ number, target, author }) => [number, target, author]));
    for (const row of given) there.run(row['n'] as number);
  }
}

/** What a line would rather have becomes the number of the line that it means, or nothing, and is told. */
async function grant(type: LineType, { field, to: [kind] }: Reference, setting: Check): Promise<void> {
  const { spool: { db }, tell } = setting;
  const meant = `(select number from lines o where o.type = '${kind}' and (o.id = lines.wish or o.twin = lower(lines.wish)) and o.state <> 'bad' limit 1)`;
  const wishing = `type = '${type}' and state <> 'bad' and wish is not null`;
  await fetchOutside(db.prepare(`select distinct wish as id from lines where ${wishing} and ${meant} is null`).iterate(), [kind!], setting, kind === 'user');
  const settle = db.prepare('update lines set wish = ? where number = ?');
  const above = new Map<number, number>();
  for (const { number, wish, target } of db.prepare(`select number, wish, ${meant} as target from lines where ${wishing} order by number`).all() as { number: number; wish: string; target: number | null }[]) {
    const round = target !== null && kind === type && leadsTo(number, target, above);
    if (target === null) tell(number, `${field}: there is no ${kind} ${JSON.stringify(wish)}`);
    else if (round) tell(number, `${field}: ${JSON.stringify(wish)} would make a circle`);
    else above.set(number, target);
    settle.run(target === null || round ? null : target, number);
  }
}

function leadsTo(number: number, from: number, above: Map<number, number>): boolean {
  for (let at: number | undefined = from; at !== undefined; at = above.get(at)) if (at === number) return true;
  return false;
}

function* chunks<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let chunk: Row[] = [];
  for (const row of rows) {
    if (chunk.push(row) < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
