import { deskColumns, peopleFindable } from '../finding/schema.ts';
import type { Sql } from '../platform/gate.ts';
import { stemOf, wordsOf } from '../platform/text.ts';
import { telling } from './words.ts';

/** Words that a ticket is looked at by, and that a macro is found by. */
const MOST = { ticket: 14, macro: 200 };

/** Letters of a message, and newest messages of a ticket, that are looked at; different stems of a ticket that are kept. */
const [LETTERS, MESSAGES, STEMS] = [4_000, 200, 4_000];

/** What was said in a ticket to those who asked it: no notes, and of what is part of another ticket its own words alone. */
const SAID = `(select group_concat(said, ' ') from (select substr(m.body, 1, ${LETTERS}) as said from ticket_messages m
    where m.ticket_id = coalesce(t.merged_into, t.id) and coalesce(m.audience_id, m.ticket_id) = t.id and m.visibility = 'public' order by m.number desc limit ${MESSAGES}))`;

/** Everything that was said in a ticket, notes and what merges brought too, as JSON; null of what is part of another. */
const SAID_AT_DESK = `iif(t.merged_into is null, (select json_group_array(said) from (select substr(m.body, 1, ${LETTERS}) as said from ticket_messages m where m.ticket_id = t.id order by m.number desc limit ${MESSAGES})), null)`;

/** The subjects of those that became part of a ticket, as JSON. */
const PARTS = `(select json_group_array(subject) from (select part.subject from tickets part where part.merged_into = t.id limit ${MESSAGES}))`;

/** The tickets whose words are to be found anew, `?` of them: id, number, subject, how each begins, what was said in it, and whose it is. */
export const TO_FIND = `select t.id, t.number, t.subject, t.requester_id, t.account_id, t.group_id, u.name, u.email, ${SAID_AT_DESK} as at_desk, ${PARTS} as parts, q.asked, coalesce((select substr(m.body, 1, 400) from ticket_messages m where m.ticket_id = t.id and m.visibility = 'public' order by m.number limit 1), '') as text, ${SAID} as said
  from (select ticket_id, asked from tickets_to_find limit ?) q cross join tickets t on t.id = q.ticket_id cross join users u on u.id = t.requester_id`;

/** Everything that a ticket is found by for those who read it: its number and the stems of all words. */
const found = ({ number, subject, said }: Record<string, unknown>) => [String(number), ...new Set(wordsOf(`${String(subject)} ${String(said ?? '')}`).map(stemOf))].slice(0, STEMS).join(' ');

/** Who asks them. */
const askersOf = (rows: Record<string, unknown>[]) => rows.filter((row) => typeof row['name'] === 'string').map((row) => ({ id: String(row['requester_id']), name: String(row['name']), email: String(row['email']) }));

const idIn = (value: unknown) => (value === null ? null : String(value));

/** What staff find such a ticket by; nothing of what is part of another. */
const atDesk = (row: Record<string, unknown>) =>
  typeof row['at_desk'] !== 'string'
    ? []
    : [{ number: row['number'], ...deskColumns({ subject: String(row['subject']), messages: JSON.parse(row['at_desk']) as string[], parts: JSON.parse(String(row['parts'])) as string[], requesterId: String(row['requester_id']), accountId: idIn(row['account_id']), groupId: idIn(row['group_id']) }) }];

/** The statements that let such tickets be found by what is in them as they are now: beside others by their subjects and how they begin, by who reads them and by staff by every word. */
export function ticketsFindable(rows: Record<string, unknown>[]): Sql[] {
  if (rows.length === 0) return [];
  const words = rows.map((row) => ({ ...row, list: telling([String(row['subject']), String(row['text'])], MOST.ticket) }) as Record<string, unknown> & { list: string[] });
  const args = [JSON.stringify(words.map(({ list, ...row }) => [row['number'], row['id'], JSON.stringify(list), list.join(' '), row['asked'], found(row)]))];
  return [
    { sql: 'delete from ticket_words where ticket_id in (select value ->> 1 from json_each(?))', args },
    { sql: 'insert into ticket_words (number, ticket_id, words) select value ->> 0, value ->> 1, value ->> 2 from json_each(?)', args },
    { sql: 'insert into ticket_index (rowid, body) select value ->> 0, value ->> 3 from json_each(?)', args },
    { sql: 'insert into ticket_texts (rowid, body) select value ->> 0, value ->> 5 from json_each(?)', args },
    { sql: "insert into desk_texts (rowid, subject, body, about) select value ->> 'number', value ->> 'subject', value ->> 'body', value ->> 'about' from json_each(?)", args: [JSON.stringify(rows.flatMap(atDesk))] },
    peopleFindable(askersOf(rows)),
    { sql: 'delete from tickets_to_find where (ticket_id, asked) in (select value ->> 1, value ->> 4 from json_each(?))', args },
  ];
}

/** The statements that let a macro be found by its name and texts, as they are now. */
export function macroFindable({ id, name, texts }: { id: string; name: string; texts: Partial<Record<'en' | 'el', string>> }): Sql[] {
  const words = telling([name, ...Object.values(texts)], MOST.macro);
  return [
    { sql: 'delete from macro_words where macro_id = ?', args: [id] },
    { sql: 'insert into macro_words (macro_id, words) values (?, ?)', args: [id, JSON.stringify(words)] },
    { sql: 'insert into macro_index (rowid, body) select id, ? from macro_words where macro_id = ?', args: [words.join(' '), id] },
  ];
}
