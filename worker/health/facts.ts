import type { Row } from '@libsql/client';
import { CONTENT } from '../surveys/schema.ts';
import { DAY } from '../platform/time.ts';
import { type Key, measures } from './measures.ts';
import type { Capped, Measured } from './score.ts';
import { caps } from './measures.ts';

/** The day of a moment, counted from 1970, UTC: everything here counts in whole days, so that within a day nothing changes that nobody did. */
export const dayOf = (at: Date) => Math.floor(at.getTime() / DAY);

/** Milliseconds at which the day began so many days before `:day`. */
const since = (days: number) => `((:day - ${days}) * ${DAY})`;
const dayIn = (moment: string) => `(${moment} / ${DAY})`;
/** Rows of one kind that are looked at for one account. */
const MOST = 500;
/** Tickets of which it is looked up whether they were opened again. */
const SOME = 200;

const windowOf = (key: Key) => measures[key].window!;
const OF_THEIRS = "account_id = a.id and kind = 'customer' and merged_into is null";

/** What is looked up of an account `a` on the day `:day`: by name, as SQL, each by an index of its own. Several numbers come as one JSON list. */
const LOOKUPS = {
  touched: `select ${dayIn('f.said_at')} from feedback f where f.account_id = a.id order by f.said_at desc limit 1`,
  admins: `select json_array(last, id) from (select (select ${dayIn('max(f.said_at)')} from feedback f where f.person_id = u.id) as last, u.id from users u where u.account_id = a.id and u.account_role = 'admin' limit 50) where last is not null order by last desc limit 1`,
  open: `select json_array(count(*),
      sum(priority = 'urgent'), min(case when priority = 'urgent' then number end), min(case when priority = 'urgent' then ${dayIn('created_at')} end),
      sum(waiting_since < ${since(1)}), min(case when waiting_since < ${since(1)} then number end),
      sum(status = 'pending'), sum(status = 'pending' and last_message_at < ${since(7)}), min(case when status = 'pending' and last_message_at < ${since(7)} then number end))
    from (select number, priority, status, created_at, waiting_since, last_message_at from tickets where ${OF_THEIRS} and is_open = 1 limit ${MOST})`,
  lately: `select count(*) from (select 1 from tickets where account_id = a.id and created_at >= ${since(windowOf('urgent'))} limit 1)`,
  done: `select json_array(count(*), sum(again), max(case when again then number end)) from (
      select t.number, t.is_open, exists (select 1 from outbox o where o.subject = t.id and o.data ->> '$.from.status' = 'solved' and o.data ->> '$.to.status' in ('new', 'open', 'pending', 'on_hold')) as again
      from tickets t where t.account_id = a.id and t.kind = 'customer' and t.merged_into is null and t.created_at >= ${since(windowOf('reopened'))} order by t.created_at desc limit ${SOME}) where is_open = 0 or again`,
  ratings: `select json_array(sum(kind = 'csat' and said_at >= ${since(windowOf('csat'))}), sum(kind = 'csat' and said_at >= ${since(windowOf('csat'))} and score >= case scale when 2 then ${CONTENT[2]} else ${CONTENT[5]} end), max(case when kind = 'csat' then ${dayIn('said_at')} end),
      sum(kind = 'nps'), sum(case when kind = 'nps' then score end), max(case when kind = 'nps' then ${dayIn('said_at')} end))
    from (select s.kind, s.score, s.scale, f.said_at from feedback f join survey_answers s on s.id = f.source_id where f.account_id = a.id and f.source = 'survey' and f.said_at >= ${since(windowOf('nps'))} order by f.said_at desc limit ${MOST})`,
  active: `select count(distinct person_id) from (select person_id from feedback where account_id = a.id and said_at >= ${since(windowOf('active'))} order by said_at desc limit ${4 * MOST})`,
  asked: `select json_array(count(*), sum(done), max(${dayIn('said_at')}), max(case when not done then number end)) from (
      select t.number, f.said_at, t.accepted_post_id is not null as done from feedback f join topics t on t.id = f.source_id
      where f.account_id = a.id and f.source = 'topic' and f.said_at >= ${since(windowOf('answered'))} and t.kind in ('question', 'problem') and t.hidden_at is null and t.merged_into is null order by f.said_at desc limit ${MOST})
    where done or said_at < ${since(3)}`,
} as const;

/** The same as columns of a select from accounts `a`, on the day `:day`. */
export const FACTS = `a.renews_on, ${Object.entries(LOOKUPS).map(([name, text]) => `(${text}) as fact_${name}`).join(', ')}`;

type Name = keyof typeof LOOKUPS;

const listIn = (row: Row, name: Name) => JSON.parse(String(row[`fact_${name}`] ?? '[]')) as (number | string | null)[];
const numberIn = (value: unknown) => Number(value ?? 0);
const share = (part: unknown, whole: unknown) => numberIn(part) / numberIn(whole);

/** What was found of an account, measure by measure; those that nothing was found of are left out. */
export function measuredIn(row: Row, day: number): Partial<Record<Key, Measured>> {
  const [open, urgent, urgentNumber, , waiting, waitingNumber, asked, late, lateNumber] = listIn(row, 'open');
  const [done, again, againNumber] = listIn(row, 'done');
  const [csat, content, lastCsat, nps, points, lastNps] = listIn(row, 'ratings');
  const [questions, accepted, lastQuestion, openQuestion] = listIn(row, 'asked');
  const [admin, adminId] = listIn(row, 'admins');
  const touched = row['fact_touched'];
  const renews = typeof row['renews_on'] === 'string' ? Date.parse(row['renews_on']) / DAY - day : undefined;
  const found: Partial<Record<Key, Measured | false>> = {
    touch: touched !== null && { value: day - numberIn(touched), n: 1, age: 0 },
    admins: admin !== undefined && { value: day - numberIn(admin), n: 1, age: 0, evidence: adminId! },
    questions: { value: 1 - share(late, asked), n: numberIn(asked), age: 0, evidence: lateNumber! },
    urgent: { value: numberIn(urgent), n: numberIn(open) + numberIn(row['fact_lately']), age: 0, evidence: urgentNumber! },
    waiting: { value: share(waiting, open), n: numberIn(open), age: 0, evidence: waitingNumber! },
    reopened: { value: share(again, done), n: numberIn(done), age: 0, evidence: againNumber! },
    csat: { value: share(content, csat), n: numberIn(csat), age: day - numberIn(lastCsat) },
    active: { value: numberIn(row['fact_active']), n: touched === null ? 0 : 1, age: 0 },
    answered: { value: share(accepted, questions), n: numberIn(questions), age: day - numberIn(lastQuestion), evidence: openQuestion! },
    nps: { value: share(points, nps), n: numberIn(nps), age: day - numberIn(lastNps) },
    renewal: renews !== undefined && renews >= -windowOf('renewal') && { value: renews, n: 1, age: 0 },
  };
  return Object.fromEntries(Object.entries(found).filter(([, one]) => one && one.n > 0)) as Partial<Record<Key, Measured>>;
}

/** The limits that hold for an account on a day. */
export function limitsIn(row: Row, day: number): Capped[] {
  const [, , number, opened] = listIn(row, 'open');
  const days = day - numberIn(opened);
  return opened !== null && opened !== undefined && days > caps.urgent.days ? [{ cap: 'urgent', points: caps.urgent.points, days, number: numberIn(number) }] : [];
}
