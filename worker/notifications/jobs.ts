import type { Row } from '@libsql/client';
import type { Database } from '../database/open.ts';
import { seesTopic } from '../forum/access.ts';
import { posted } from '../mail/schema.ts';
import type { Sql } from '../platform/gate.ts';
import { job, type JobSetting } from '../platform/job.ts';
import { spoken } from '../platform/statement.ts';
import { DAY, SECOND } from '../platform/time.ts';
import { type Locale, locales, STAFF_SQL } from '../platform/viewer.ts';
import { statusSaid, type Words } from '../statuses/access.ts';
import { mailedLink } from '../tickets/link.ts';
import { seesAtDesk } from './desk.ts';
import { type Mailed, type News, newsLetter } from './emails.ts';
import { unsubscribeLink } from './link.ts';

/** Milliseconds that news waits for being seen on a page, before it goes by mail. */
const PATIENCE = 30 * SECOND;

/** News, and people with a digest, that one run looks at. */
const [MOST_NEWS, MOST_PEOPLE, MOST_IN_DIGEST] = [200, 50, 20];

const PERIODS = { daily: DAY, weekly: 7 * DAY };

/** The status that a reader is told: of a ticket that staff merged privately, whether they wait for an answer still. */
const STATUS = "case when tk.merged_into is null then tk.status else (select case when held.status in ('solved', 'closed') then held.status else 'open' end from tickets held where held.id = tk.merged_into) end";

/** The words of their own that tickets have for customers, of the ticket that news are of: JSON. */
const OWN = "(select json_object('en', s.customer_en, 'el', coalesce(nullif(s.customer_el, ''), s.customer_en)) from ticket_statuses s where s.id = tk.status_id)";

/** Number and round of links of a ticket of the reader’s own that became part of the one that news are of: JSON, null where there is none. */
const TAKEN_IN = '(select json_array(mine.number, mine.link_round) from tickets mine where mine.shown_in = tk.id and mine.requester_id = u.id limit 1)';

/** News with all that a letter says of it. Of a ticket only what its reader may see now, and that it is theirs only while it is. */
const NEWS = `select n.id, n.kind, n.place, n.seen_at, n.topic_id, n.ticket_id, u.id as user_id, u.email, u.locale, u.verified_at, u.role, a.name as actor,
    tp.number as topic_number, tp.slug, coalesce(tp.title, h.title, case u.locale when 'el' then coalesce(nullif(i.words_el, ''), i.words_en) else i.words_en end) as title, tk.number as ticket_number, tk.subject, tk.requester_id, tk.link_round, ${TAKEN_IN} as own_ticket, ${STATUS} as status, ${OWN} as own_status, coalesce(p.body, m.body, w.words) as text, n.about,
    (select group_concat(f.name, char(10)) from attachments f where (f.post_id = p.id and p.removed is null) or f.message_id = m.id) as files
  from notifications n join users u on u.id = n.user_id left join users a on a.id = n.actor_id left join held_posts h on h.id = n.about and n.kind = 'rejected' left join incidents i on i.id = n.about and n.kind = 'fixed' left join topics tp on tp.id = n.topic_id and ${seesTopic('n.topic_id')}
    left join tickets tk on tk.id = n.ticket_id and (n.kind <> 'handed' or tk.requester_id = u.id) and (${seesAtDesk('tk')} or tk.kind = 'customer' and (tk.requester_id = u.id or exists (select 1 from ticket_people p where p.ticket_id = tk.id and p.role = 'cc' and p.user_id = u.id) or exists (select 1 from ticket_participants x where x.ticket_id = tk.id and x.user_id = u.id)))
    left join author_notes w on w.id = n.about and n.kind = 'advised'
    left join posts p on p.id = n.about and p.topic_id = tp.id and p.hidden_at is null left join ticket_messages m on m.id = n.about and tk.id in (m.ticket_id, m.origin_ticket_id) and (m.visibility = 'public' and coalesce(m.audience_id, tk.id) = tk.id or u.role in ${STAFF_SQL})`;

type Told = Row & { id: string; user_id: string; email: string };

/** Mails what is due, to each person at most one letter a run, unless they have seen it meanwhile. A letter and its mark commit together. */
export const mailNews = job('notifications.mail', async (setting) => {
  const { db, gate, now } = setting;
  const { rows } = await db.$client.execute({ sql: `${NEWS} where n.mail = 'due' and n.created_at <= ? order by n.created_at limit ${MOST_NEWS}`, args: [now.getTime() - PATIENCE] });
  const people = Map.groupBy(rows as Told[], (row) => row.user_id);
  for (const told of people.values()) await gate.commit([...letterTo(setting, told), done(told)]);
  return rows.length;
});

/** Mails the digests whose day or week is over, of what was not seen. */
export const mailDigests = job('notifications.digest', async (setting) => {
  let count = 0;
  for (const [level, period] of Object.entries(PERIODS)) count += await digest(setting, level, period);
  return count;
});

async function digest(setting: JobSetting, level: string, period: number): Promise<number> {
  const { db, gate, now } = setting;
  const { rows } = await db.$client.execute({ sql: `select id from users where mail_level = ? and digested_at <= ? order by digested_at limit ${MOST_PEOPLE}`, args: [level, now.getTime() - period] });
  for (const { id } of rows) {
    const told = await newsOf(db, id as string);
    await gate.commit([
      ...letterTo(setting, told),
      { sql: `update notifications set mail = 'done' where user_id = ? and mail = 'digest'`, args: [id as string] },
      { sql: 'update users set digested_at = ? where id = ?', args: [now.getTime(), id as string] },
    ]);
  }
  return rows.length;
}

async function newsOf(db: Database, person: string): Promise<Told[]> {
  const { rows } = await db.$client.execute({ sql: `${NEWS} where n.user_id = ? and n.seen_at is null and n.mail = 'digest' order by n.created_at desc limit ${MOST_IN_DIGEST}`, args: [person] });
  return rows as Told[];
}

const done = (told: Told[]): Sql => ({ sql: `update notifications set mail = 'done' where id in (${told.map(() => '?').join(', ')})`, args: told.map(({ id }) => id) });

/** The letter of one person's news, if any is left to tell. Its id is that of its first news: two runs at once cannot both post it. */
function letterTo(setting: JobSetting, told: Told[]): Sql[] {
  const fresh = told.filter((row) => row['seen_at'] === null && (row['title'] !== null || row['subject'] !== null));
  const [first] = fresh;
  if (!first) return [];
  const { db, now, secret, url } = setting;
  const locale = localeOf(first);
  const base = url + (locale === 'en' ? '' : `/${locale}`);
  const letter = newsLetter({ email: first.email, locale }, fresh.map((row) => newsIn(row, { base, secret, locale })), { all: `${base}/notifications`, stop: base + unsubscribeLink(secret, first.user_id), site: url });
  return [spoken(posted(db, { newId: () => `mal_${first.id}`, now }, letter))];
}

const localeOf = (row: Row): Locale => locales.find((one) => one === row['locale']) ?? 'en';

const newsIn = (row: Told, { base, secret, locale }: { base: string; secret: string; locale: Locale }): News => ({
  kind: row['kind'] as Mailed,
  actor: row['actor'] as string | null,
  title: row['kind'] === 'received' ? String(row['ticket_number']) : ((row['title'] ?? row['subject']) as string),
  number: row['ticket_number'] === null ? null : String(row['ticket_number']),
  status: row['status'] === null ? null : statusSaid(locale, row['status'] as 'open', JSON.parse((row['own_status'] as string | null) ?? 'null') as Words | null),
  text: row['text'] as string | null,
  files: ((row['files'] as string | null) ?? '').split('\n').filter(Boolean),
  url: base + addressOf(row, secret),
});

/** Where news leads: staff to the desk, who has no account yet by the signed link of the ticket that they asked, which only they may have, also where it became part of somebody else’s. */
function addressOf(row: Told, secret: string): string {
  if (row['kind'] === 'advised') return `/forum/notes/${row['about']}`;
  if (row['topic_number'] !== null) return `/forum/topics/${row['topic_number']}/${row['slug']}?post=${row['place'] ?? 1}`;
  if (row['kind'] === 'rejected') return '/forum/held';
  if (row['kind'] === 'fixed') return '/notifications';
  const number = Number(row['ticket_number']);
  const isCustomer = ['customer', 'moderator'].includes(row['role'] as string);
  if (!isCustomer) return `/agent/tickets/${number}${row['kind'] === 'aside' ? '/side' : ''}`;
  if (row['verified_at'] !== null) return `/tickets/${number}`;
  if (row['requester_id'] === row.user_id) return mailedLink(secret, number, Number(row['link_round']));
  const own = JSON.parse((row['own_ticket'] as string | null) ?? 'null') as [number: number, round: number] | null;
  return own ? mailedLink(secret, ...own) : `/tickets/${number}`;
}
