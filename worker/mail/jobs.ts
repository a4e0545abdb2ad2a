import type { Gate, Row, Sql } from '../platform/gate.ts';
import { job, type JobSetting } from '../platform/job.ts';
import type { Database } from '../database/open.ts';
import { type Letter, type Mailer, NotCarried } from '../platform/mail.ts';
import { answersTo } from '../platform/query.ts';
import { DAY, MINUTE } from '../platform/time.ts';
import { reworded, type Template } from './templates.ts';
import { lettersWait } from './waiting.ts';

/** Letters that are handed over side by side, and how many such rounds one call goes. */
const ROUND = 5;
const ROUNDS = 8;

/** Milliseconds after which a letter that was taken counts as not handed over: its carrier died with it, or never said so. */
const TAKEN = 2 * MINUTE;

/** Milliseconds to wait after each failure. After the last the letter is given up. */
const WAITS = [MINUTE / 2, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * 60 * MINUTE, 6 * 60 * MINUTE, 12 * 60 * MINUTE];

/** Hands over what waits, or keeps it when nobody carries mail here. A letter is taken by one of many who do this at once. Returns how many left the queue or were tried. */
export const sendMail = job('mail.send', async ({ db, gate, now, mailer }) => {
  const [waiting = []] = await answersTo(db, [lettersWait(now)]);
  if (waiting.length === 0) return 0;
  const words = await chosenWords(db);
  return mailer ? carried(gate, mailer, words, now) : kept(gate, words, now);
});

type Words = Map<string, Template>;

/** The words that the workspace chose for its letters, by event and language. */
async function chosenWords(db: Database): Promise<Words> {
  const { rows } = await db.$client.execute('select event, locale, subject, text from mail_templates');
  return new Map(rows.map((row) => [`${row['event']} ${row['locale']}`, { subject: row['subject'] as string, text: row['text'] as string }]));
}

async function kept(gate: Gate, words: Words, now: Date): Promise<number> {
  const [rows] = await gate.commit([{ sql: `update mails set state = 'kept' where id in (select id from mails where state = 'queued' and send_after <= ? order by send_after limit 500) returning ${LETTER}`, args: [now.getTime()] }]);
  const changed = rows!.filter((row) => words.has(`${row['event']} ${row['locale']}`)).map((row) => letterOf(row, words));
  if (changed.length > 0) await gate.commit(changed.map(({ id, subject, text, html }): Sql => ({ sql: 'update mails set subject = ?, text = ?, html = ?, draft = null where id = ?', args: [subject, text, html, id] })));
  return rows!.length;
}

async function carried(gate: Gate, mailer: Mailer, words: Words, now: Date): Promise<number> {
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const taken = await take(gate, now);
    if (taken.length === 0) break;
    await gate.commit(await Promise.all(taken.map((row) => handedOver(mailer, row, words))));
    count += taken.length;
    if (taken.length < ROUND) break;
  }
  return count;
}

async function take(gate: Gate, now: Date): Promise<Row[]> {
  const sql = `update mails set attempts = attempts + 1, send_after = ? where id in (select id from mails where state = 'queued' and send_after <= ? order by send_after limit ${ROUND})
    returning ${LETTER}, attempts`;
  const [rows] = await gate.commit([{ sql, args: [Date.now() + TAKEN, now.getTime()] }]);
  return rows!;
}

const LETTER = 'id, to_address, locale, purpose, subject, text, html, headers, event, draft';

/** A letter as it goes: in the words that the workspace chose, if it chose any. */
function letterOf({ id, to_address, locale, purpose, subject, text, html, headers, event, draft }: Row, words: Words): Letter & { id: string } {
  const original = { to: to_address, locale, purpose, subject, text, html, headers: JSON.parse(headers as string), ...(draft ? { draft: JSON.parse(draft as string) } : {}) } as Letter;
  return { ...reworded(original, words.get(`${event} ${locale}`)), id: id as string };
}

/** Tries to hand a letter over; what became of it, as a statement. Words that went, or never will, are not kept: codes and links are among them. */
async function handedOver(mailer: Mailer, row: Row, words: Words): Promise<Sql> {
  const id = row['id'] as string;
  try {
    const letter = letterOf(row, words);
    await mailer.send(letter);
    return { sql: `update mails set state = 'sent', sent_at = ?, subject = ?, text = '', html = '', draft = null, error = null where id = ?`, args: [Date.now(), letter.subject, id] };
  } catch (error) {
    const wait = WAITS[Number(row['attempts']) - 1];
    const words = String((error as Error).message).slice(0, 500);
    if (wait === undefined || (error instanceof NotCarried && error.permanent)) return { sql: `update mails set state = 'failed', text = '', html = '', draft = null, error = ? where id = ?`, args: [words, id] };
    return { sql: 'update mails set send_after = ?, error = ? where id = ?', args: [Date.now() + wait, words, id] };
  }
}

/** Letters of a month ago go, and with them what they said. */
export const forgetOldMail = job('mail.forget-old', async ({ gate, now }: JobSetting) => {
  const [rows] = await gate.commit([{ sql: `delete from mails where id in (select id from mails where created_at < ? and state <> 'queued' order by created_at limit 500) returning id`, args: [now.getTime() - 30 * DAY] }]);
  return rows!.length;
});
