import type { Sql } from '../platform/gate.ts';
import { telling } from './words.ts';

/** Words that a ticket is looked at by, and that a macro is found by. */
const MOST = { ticket: 14, macro: 200 };

/** The tickets whose words are to be found anew, `?` of them: id, number, subject, and how each begins. */
export const TO_FIND = `select t.id, t.number, t.subject, q.asked, coalesce((select substr(m.body, 1, 400) from ticket_messages m where m.ticket_id = t.id and m.visibility = 'public' order by m.number limit 1), '') as text
  from (select ticket_id, asked from tickets_to_find limit ?) q cross join tickets t on t.id = q.ticket_id`;

/** The statements that let such tickets be found by their subjects and how they begin, as they are now. */
export function ticketsFindable(rows: Record<string, unknown>[]): Sql[] {
  if (rows.length === 0) return [];
  const words = rows.map(({ id, number, asked, subject, text }) => ({ id, number, asked, list: telling([String(subject), String(text)], MOST.ticket) }));
  const args = [JSON.stringify(words.map(({ id, number, asked, list }) => [number, id, JSON.stringify(list), list.join(' '), asked]))];
  return [
    { sql: 'delete from ticket_words where ticket_id in (select value ->> 1 from json_each(?))', args },
    { sql: 'insert into ticket_words (number, ticket_id, words) select value ->> 0, value ->> 1, value ->> 2 from json_each(?)', args },
    { sql: 'insert into ticket_index (rowid, body) select value ->> 0, value ->> 3 from json_each(?)', args },
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
