import type { Row } from '@libsql/client';
import { posted } from '../mail/schema.ts';
import { unsubscribeLink } from '../notifications/link.ts';
import type { Sql } from '../platform/gate.ts';
import { job, type JobSetting } from '../platform/job.ts';
import { spoken } from '../platform/statement.ts';
import { DAY } from '../platform/time.ts';
import { locales } from '../platform/viewer.ts';
import { ratingLink } from '../tickets/link.ts';
import { QUESTION, SCALE } from './access.ts';
import { ratingLetter } from './emails.ts';
import { counted } from './rate.ts';
import { type Scale, scales } from './schema.ts';

/** Milliseconds from when it is time to ask to when it is too late, from asking to the reminder, and between two questions to one person. */
const [TOO_LATE, AGAIN, REST] = [3 * DAY, 5 * DAY, 30 * DAY];
/** Tickets that one run looks at. */
const MOST = 100;

const WHOM = "u.id as user_id, u.email, u.locale, u.verified_at, t.id, t.number, t.link_round, t.subject, t.solved_at, t.assignee_id";
/** Customers who have shown that the address is theirs, and want mail. */
const MAY_ASK = "u.role = 'customer' and u.verified_at is not null and u.mail_level <> 'none' and u.suspended_at is null and u.anonymised_at is null";
/** Milliseconds from solving to asking, as the workspace says. */
const WAIT = `coalesce(${QUESTION} ->> 'hours', 24) * 3600000`;
const ANSWERED = 'exists (select 1 from survey_answers s where s.ticket_id = t.id and s.cycle = t.solved_at)';

/** Asks customers by mail how it went, as many hours after their ticket was solved as the workspace says: once each solving, and nobody twice in 30 days. */
export const askForRatings = job('surveys.ask', async ({ db, gate, now, ...setting }) => {
  const at = now.getTime();
  const { rows } = await db.$client.execute({
    sql: `select ${WHOM}, ${SCALE} as scale, (${MAY_ASK} and not ${ANSWERED} and not exists (select 1 from rating_requests r where r.user_id = u.id and r.asked_at > ?)) as may
      from tickets t join users u on u.id = t.requester_id
      where t.solved_at between ? - ${WAIT} - ${TOO_LATE} and ? - ${WAIT} and not exists (select 1 from rating_requests r where r.ticket_id = t.id and r.cycle = t.solved_at) order by t.solved_at limit ${MOST}`,
    args: [at - REST, at, at],
  });
  const asked = new Set<unknown>();
  const statements = rows.flatMap((row) => {
    const isAsked = row['may'] === 1 && !asked.has(row['user_id']);
    if (isAsked) asked.add(row['user_id']);
    return [
      { sql: 'insert into rating_requests (ticket_id, cycle, user_id, asked_at, scale) values (?, ?, ?, ?, ?)', args: [row['id'], row['solved_at'], row['user_id'], isAsked ? at : null, row['scale']] as Sql['args'] },
      ...(isAsked ? [letterTo({ db, now, ...setting }, row, false), spoken(counted(db, now, row['assignee_id'] as string | null, { scale: scaleIn(row), score: 0 }, 1))] : []),
    ];
  });
  if (statements.length > 0) await gate.commit(statements);
  return asked.size;
});

/** Asks those once more who did not answer within five days. */
export const remindOfRatings = job('surveys.remind', async ({ db, gate, now, ...setting }) => {
  const at = now.getTime();
  const { rows } = await db.$client.execute({
    sql: `select ${WHOM}, r.cycle, r.scale, (${MAY_ASK} and u.id = t.requester_id and r.cycle = t.solved_at and not ${ANSWERED}) as may
      from rating_requests r join tickets t on t.id = r.ticket_id join users u on u.id = r.user_id
      where r.asked_at <= ? and r.asked_at is not null and r.reminded_at is null order by r.asked_at limit ${MOST}`,
    args: [at - AGAIN],
  });
  const statements = rows.flatMap((row) => [
    { sql: 'update rating_requests set reminded_at = ? where ticket_id = ? and cycle = ?', args: [at, row['id'], row['cycle']] as Sql['args'] },
    ...(row['may'] === 1 ? [letterTo({ db, now, ...setting }, row, true)] : []),
  ]);
  if (statements.length > 0) await gate.commit(statements);
  return rows.length;
});

const scaleIn = (row: Row): Scale => scales.find((one) => one === row['scale']) ?? 5;

/** The letter of a row. Its id is that of the question: two runs at once cannot both post it. */
function letterTo({ db, now, secret, url }: Pick<JobSetting, 'db' | 'now' | 'secret' | 'url'>, row: Row, isAgain: boolean): Sql {
  const locale = locales.find((one) => one === row['locale']) ?? 'en';
  const base = url + (locale === 'en' ? '' : `/${locale}`);
  const number = Number(row['number']);
  const letter = ratingLetter({ email: row['email'] as string, locale, number, subject: row['subject'] as string, scale: scaleIn(row), url: base + ratingLink(secret, number, Number(row['link_round'])), stop: base + unsubscribeLink(secret, row['user_id'] as string) }, isAgain);
  return spoken(posted(db, { newId: () => `mal_${row['id']}_${row['solved_at']}${isAgain ? '_again' : ''}`, now }, letter));
}
