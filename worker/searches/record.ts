import type { Sql } from '../platform/gate.ts';

/** What was gathered since it was last written. */
export interface Gathered {
  /** By hash. `found` are the addresses that were shown last, in their order. */
  searches: Map<string, { words: string; results: number; found: string[]; times: number; empty: number }>;
  followed: { hash: string; place: string }[];
  asked: { hash: string; what: 'topic' | 'ticket' }[];
}

/** Different searches of one day whose words are kept. */
const MOST = 5_000;

const adding = (columns: string[]) => columns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ');

/** Adds up columns by `hash`, which `rows` selects with them, for the day; searches whose words are not kept count in its sum alone. */
function ofDay(rows: string, columns: string[], values: string, day: string): Sql {
  const names = columns.join(', ');
  return {
    sql: `with added as materialized (${rows}) insert into search_days (hash, day, ${names}) select hash, ?2, ${names} from added where hash in (select hash from search_queries)
      union all select '', ?2, ${columns.map((column) => `sum(${column})`).join(', ')} from added where true group by 1 on conflict (hash, day) do update set ${adding(columns)}`,
    args: [values, day],
  };
}

/** The same of all days. */
const inAll = (rows: string, columns: string[], values: string): Sql => ({
  sql: `update search_queries set ${columns.map((column) => `${column} = search_queries.${column} + added.${column}`).join(', ')} from (${rows}) as added where search_queries.hash = added.hash`,
  args: [values],
});

const SEARCHES = "select value ->> 'hash' as hash, value ->> 'times' as searches, value ->> 'empty' as empty from json_each(?1)";
const FOLLOWED = `select q.hash as hash, count(*) as clicks, sum(f.key + 1) as places from json_each(?1) e cross join search_queries q on q.hash = e.value ->> 'hash' cross join json_each(q.found) f on f.value = e.value ->> 'place' group by q.hash`;
const ASKED = `select value ->> 'hash' as hash, sum(value ->> 'what' = 'topic') as topics, sum(value ->> 'what' = 'ticket') as tickets from json_each(?1) group by 1`;

function searched(values: string, day: string): Sql[] {
  const kept: Sql = {
    sql: `insert into search_queries (hash, words, results, found, searches, empty)
      select value ->> 'hash', value ->> 'words', value ->> 'results', value -> 'found', value ->> 'times', value ->> 'empty' from json_each(?1)
      where (select count(*) from (select 1 from search_days where day = ?2 limit ${MOST + 1})) <= ${MOST} or value ->> 'hash' in (select hash from search_queries)
      on conflict (hash) do update set results = excluded.results, found = excluded.found, ${adding(['searches', 'empty'])}`,
    args: [values, day],
  };
  return [kept, ofDay(SEARCHES, ['searches', 'empty'], values, day)];
}

/** The statements that remember what was gathered, as of a moment. Only results that were shown count as followed. */
export function recorded({ searches, followed, asked }: Gathered, now: Date): Sql[] {
  const day = now.toISOString().slice(0, 10);
  const counted = (rows: string, columns: string[], values: object[]) => (values.length === 0 ? [] : [ofDay(rows, columns, JSON.stringify(values), day), inAll(rows, columns, JSON.stringify(values))]);
  return [
    ...(searches.size === 0 ? [] : searched(JSON.stringify([...searches].map(([hash, one]) => ({ hash, ...one }))), day)),
    ...counted(FOLLOWED, ['clicks', 'places'], followed),
    ...counted(ASKED, ['topics', 'tickets'], asked),
  ];
}
