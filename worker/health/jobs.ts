import type { Row } from '@libsql/client';
import type { Database } from '../database/open.ts';
import type { Sql } from '../platform/gate.ts';
import { newId } from '../platform/id.ts';
import { job } from '../platform/job.ts';
import { announced } from '../platform/outbox.ts';
import { spoken } from '../platform/statement.ts';
import { DAY } from '../platform/time.ts';
import { system } from '../platform/viewer.ts';
import { WEIGHTS } from './access.ts';
import { type Before, colourOf, noiseOf } from './colour.ts';
import { dayOf, FACTS, limitsIn, measuredIn } from './facts.ts';
import { Weights } from './input.ts';
import { type Key, keys, type Weights as Said } from './measures.ts';
import { scoreOf, under } from './score.ts';
import { isInForce, type Override, shownOf } from './shown.ts';

/** Accounts of one commit, and commits of one run. */
const [SOME, MOST] = [100, 10];
/** Days that are kept, and those of which it is kept what they were made of. */
const [KEPT, KEPT_WHOLE] = [126, 35];
/** Days back to the evaluation before, to four weeks ago, and how much older these may be where a day is missing. */
const [LAST, MONTH, SLACK] = [7, 28, 3];

const weeks = Array.from({ length: (KEPT - MONTH) / 7 }, (_, i) => `:day - ${MONTH + 7 * i}`).join(', ');
const before = (columns: string, from: string, to: string) => `(select json_array(${columns}) from account_health_days d where d.account_id = a.id and d.day between ${from} and ${to} order by d.day desc limit 1)`;

/** The accounts that are due, with what is measured of them and what was said before. */
const DUE = `select a.id, h.marks, h.override_kind, h.override_points, h.override_until, a.health, ${FACTS}, ${WEIGHTS} as weights,
  ${before('d.score, d.colour', `:day - ${LAST}`, ':day - 1')} as before, ${before('d.day, d.score', `:day - ${MONTH + SLACK}`, `:day - ${MONTH}`)} as past,
  (select json_array(count(*), avg(abs(p.score - q.score))) from account_health_days p join account_health_days q on q.account_id = p.account_id and q.day = p.day - 7 where p.account_id = a.id and p.day in (${weeks})) as noise
  from account_health h join accounts a on a.id = h.account_id where h.due_at <= :now order by h.due_at limit ${SOME}`;

/** Looks at the accounts to which something happened, and once a day at every one: measures them, and keeps what comes of it. */
export const computeHealth = job('health.compute', async ({ db, gate, now }) => {
  let seen = 0;
  for (let run = 0; run < MOST; run++) {
    const { rows } = await db.$client.execute({ sql: DUE, args: { now: now.getTime(), day: dayOf(now) } });
    if (rows.length === 0) return seen;
    const looked = rows.map((row) => look(row, now));
    await gate.commit([...kept(JSON.stringify(looked), now), ...looked.flatMap((one) => (one.ended ? [said(db, one.id, one.ended, now)] : []))]);
    seen += rows.length;
    if (rows.length < SOME) return seen;
  }
  return seen;
});

const listIn = (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as (number | string | null)[]) : []);

const round = (value: number | null, digits = 4) => (value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits);

/** What comes of an account on a day: its rows, as one value. */
function look(row: Row, now: Date) {
  const day = dayOf(now);
  const measured = measuredIn(row, day);
  const weights: Said = Weights.parse(JSON.parse(String(row['weights'] ?? '{}')));
  const [{ score: found, coverage, parts }, limits] = [scoreOf(measured, weights), limitsIn(row, day)];
  const uncapped = round(found);
  const score = under(uncapped, limits);
  const [lastScore = null, lastColour = null] = listIn(row['before']) as [Before['score']?, Before['colour']?];
  const colour = colourOf(score, { score: lastScore, colour: lastColour });
  const [pastDay = null, pastScore = null] = listIn(row['past']) as [number?, (number | null)?];
  const [count, mean] = listIn(row['noise']) as [number, number | null];
  const noise = noiseOf(count, mean ?? 0);
  const override = overrideIn(row);
  const ended = override && !isInForce(override, now) ? override : undefined;
  const shown = shownOf({ score, colour, coverage, pastScore, noise }, override, now);
  const tomorrow = (day + 1) * DAY;
  return {
    id: String(row['id']), marks: row['marks'], day, score, uncapped, coverage: round(coverage), colour, ended, pastDay, pastScore, noise: round(noise), shown,
    parts: Object.fromEntries(Object.entries(measured).map(([key, one]) => [key, { ...one, ...rounded(parts[key as Key]) }])),
    brief: Object.fromEntries(keys.flatMap((key) => (parts[key] ? [[key, [round(parts[key].points), round(parts[key].share, 7)]]] : []))),
    caps: limits, due: override && !ended ? Math.min(tomorrow, override.until.getTime()) : tomorrow,
  };
}

const rounded = (part: { points: number; share: number } | undefined) => part && { points: round(part.points), share: round(part.share, 7) };

const overrideIn = (row: Row): Override | undefined =>
  row['override_kind'] === null ? undefined : { kind: row['override_kind'] as Override['kind'], points: Number(row['override_points']), until: new Date(Number(row['override_until'])) };

/** The statements that keep what came of some accounts, each as one element of a JSON list. */
function kept(list: string, now: Date): Sql[] {
  const [today, at] = [dayOf(now), now.getTime()];
  const value = (name: string) => `j.value ->> '$.${name}'`;
  const mine = `account_id in (select ${value('id')} from json_each(?1) j)`;
  return [
    {
      sql: `update account_health set day = ${value('day')}, computed_at = ?2, score = ${value('score')}, uncapped = ${value('uncapped')}, coverage = ${value('coverage')}, colour = ${value('colour')}, parts = ${value('parts')}, caps = ${value('caps')},
          past_day = ${value('pastDay')}, past_score = ${value('pastScore')}, noise = ${value('noise')}, due_at = case when marks = ${value('marks')} then ${value('due')} else 0 end
        from json_each(?1) j where account_health.account_id = ${value('id')}`,
      args: [list, at],
    },
    { sql: `update account_health set ${['kind', 'points', 'reason', 'evidence', 'by', 'at', 'until'].map((name) => `override_${name} = null`).join(', ')} where account_id in (select ${value('id')} from json_each(?1) j where ${value('ended')} is not null) and override_until <= ?2`, args: [list, at] },
    { sql: `update accounts set health = ${value('shown')} from json_each(?1) j where accounts.id = ${value('id')} and accounts.health is not ${value('shown')}`, args: [list] },
    {
      sql: `insert into account_health_days (account_id, day, score, coverage, colour, parts) select ${value('id')}, ${value('day')}, ${value('score')}, ${value('coverage')}, ${value('colour')}, ${value('brief')} from json_each(?1) j where true
        on conflict (account_id, day) do update set score = excluded.score, coverage = excluded.coverage, colour = excluded.colour, parts = excluded.parts`,
      args: [list],
    },
    { sql: `delete from account_health_days where ${mine} and day <= ?2`, args: [list, today - KEPT] },
    { sql: `update account_health_days set parts = null where ${mine} and day between ?2 and ?3 and parts is not null`, args: [list, today - KEPT, today - KEPT_WHOLE] },
  ];
}

/** That what somebody said of an account is over, for the log. */
const said = (db: Database, id: string, { kind, points }: Override, now: Date): Sql =>
  spoken(announced(db, { viewer: system, now, newId }, { type: 'account.health_override_ended', subject: id, data: { kind, points } }));
