import type { Row } from '@libsql/client';
import { posted } from '../mail/schema.ts';
import { statementLink } from '../moderation/link.ts';
import type { Sql } from '../platform/gate.ts';
import { job, type JobSetting } from '../platform/job.ts';
import { spoken } from '../platform/statement.ts';
import { type Locale, locales } from '../platform/viewer.ts';
import { decisionLetter } from './emails.ts';

/** Letters that one run posts. */
const MOST = 100;

const DUE = `select s.id, s.action, s.kinds, s.words, s.is_automatic, s.appeal_until, n.until, u.email, u.locale, u.anonymised_at from statements_of_reasons s join users u on u.id = s.user_id left join sanctions n on n.id = s.sanction_id
  where s.mail = 'due' order by s.created_at, s.id limit ?`;

/** Mails people what was decided about them, whatever mail they want otherwise. A letter and its mark commit together, and its id lets no two runs post it twice. */
export const mailDecisions = job('sanctions.mail', async (setting) => {
  const { db, gate } = setting;
  const { rows } = await db.$client.execute({ sql: DUE, args: [MOST] });
  if (rows.length === 0) return 0;
  const letters = rows.filter((row) => row['anonymised_at'] === null).map((row) => letterOf(setting, row));
  await gate.commit([...letters, { sql: `update statements_of_reasons set mail = 'done' where id in (${rows.map(() => '?').join(', ')})`, args: rows.map((row) => row['id'] as string) }]);
  return rows.length;
});

function letterOf({ db, now, secret, url }: JobSetting, row: Row): Sql {
  const locale: Locale = locales.find((one) => one === row['locale']) ?? 'en';
  const [id, until] = [row['id'] as string, row['until'] as number | null];
  const letter = decisionLetter({
    to: row['email'] as string, locale, action: row['action'] as 'warned', code: (JSON.parse(row['kinds'] as string) as string[])[0] ?? 'other', words: row['words'] as string, isAutomatic: row['is_automatic'] === 1,
    until: until === null ? null : new Date(until), appealUntil: new Date(row['appeal_until'] as number), url: url + (locale === 'en' ? '' : `/${locale}`) + statementLink(secret, id),
  });
  return spoken(posted(db, { newId: () => `mal_${id}`, now }, letter));
}

/** Suspensions and silences count no longer by themselves when they are over; this only tidies, so that lists say so too. */
export const tidySanctions = job('sanctions.tidy', async ({ gate, now }) => {
  const [rows] = await gate.commit([{ sql: 'update users set suspended_at = null, suspended_until = null where id in (select id from users where suspended_at is not null and suspended_until <= ? limit 500) returning id', args: [now.getTime()] }]);
  return rows!.length;
});
