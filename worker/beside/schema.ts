import type { Sql } from '../platform/gate.ts';
import { telling } from './words.ts';

/** Words that a ticket is looked at by, and that a macro is found by. */
const MOST = { ticket: 14, macro: 200 };

/** The statements that let a ticket be found by its subject and how it begins. */
export function ticketFindable(ticket: { id: string; number: number; subject: string; text: string }): Sql[] {
  const words = telling([ticket.subject, ticket.text], MOST.ticket);
  return [
    { sql: 'insert into ticket_words (number, ticket_id, words) values (?1, ?2, ?3) on conflict do nothing', args: [ticket.number, ticket.id, JSON.stringify(words)] },
    { sql: 'insert into ticket_index (rowid, body) select ?1, ?2 where not exists (select 1 from ticket_index_docsize where id = ?1)', args: [ticket.number, words.join(' ')] },
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
