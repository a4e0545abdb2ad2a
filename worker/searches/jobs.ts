import { job } from '../platform/job.ts';
import { DAY } from '../platform/time.ts';
import { KEPT_DAYS } from './schema.ts';

/** Searches of days that one run forgets at most, and days whose sums are kept. */
const [SOME, SUMS] = [500, 400];

const COLUMNS = ['searches', 'empty', 'clicks', 'places', 'topics', 'tickets'];

/** Forgets what was searched for longer ago than is kept: the words of what nobody searches for any more. How much was searched on a day stays a year longer. */
export const forgetSearches = job('searches.forget', async ({ db, gate, now }) => {
  const before = (days: number) => new Date(now.getTime() - days * DAY).toISOString().slice(0, 10);
  const { rows } = await db.$client.execute({ sql: `select hash, day from search_days where day < ?1 and hash > '' order by day, hash limit ${SOME}`, args: [before(KEPT_DAYS)] });
  if (rows.length === 0) return 0;
  const old = JSON.stringify(rows.map(({ hash, day }) => ({ hash, day })));
  const those = "from json_each(?1) e cross join search_days d on d.hash = e.value ->> 'hash' and d.day = e.value ->> 'day'";
  await gate.commit([
    { sql: `update search_queries set ${COLUMNS.map((name) => `${name} = search_queries.${name} - old.${name}`).join(', ')} from (select d.hash as hash, ${COLUMNS.map((name) => `sum(d.${name}) as ${name}`).join(', ')} ${those} group by d.hash) as old where search_queries.hash = old.hash`, args: [old] },
    { sql: "delete from search_days where (hash, day) in (select value ->> 'hash', value ->> 'day' from json_each(?1))", args: [old] },
    { sql: "delete from search_queries where searches <= 0 and hash in (select value ->> 'hash' from json_each(?1))", args: [old] },
    { sql: "delete from search_days where hash = '' and day < ?1", args: [before(SUMS)] },
  ]);
  return rows.length;
});
