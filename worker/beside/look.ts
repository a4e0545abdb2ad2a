import type { Sql } from '../platform/gate.ts';
import { DAY } from '../platform/time.ts';
import { telling } from './words.ts';

/** Candidates of each kind that are compared. */
const CANDIDATES = 12;
/** A word that more texts hold than so many tells little, and is not looked for: it bounds what a look costs. Macros are never so many. */
const RARE = 200;
/** Matches nothing: the sign is never part of a word. */
const NOTHING = `'"§"'`;
/** The share of its words that something has to have in common with the ticket, of those of whichever has fewer. */
const ALIKE = 0.34;
/** Milliseconds until an unsolved ticket is looked at again, for what was written meanwhile. */
const AGAIN = DAY;

const named = (where = '') => `(select group_concat('"' || value || '"', ' OR ') from json_each(due.words)${where})`;
const rare = (table: string) => named(` where (select count(*) from (select 1 from ${table} where ${table} match '"' || value || '"' limit ${RARE + 1})) <= ${RARE}`);
const nearest = (table: string, words: string, kept: string, from: string) =>
  `(select json_group_array(json_array(${kept})) from (select rowid as id from ${table} where ${table} match coalesce(${words}, ${NOTHING}) order by rank limit ${CANDIDATES}) hit ${from})`;

/** The tickets that are due at `?`, `?` at most, the newest of those never looked at first, with what has words in common with each: its key, and its title or stems. */
export const DUE = `select due.number, due.words, t.status not in ('solved', 'closed') as again,
    ${nearest('search_titles', rare('search_titles'), 'd.id, d.title', 'join search_documents d on d.id = hit.id')} as documents,
    ${nearest('ticket_index', rare('ticket_index'), 'w.number, w.words', 'join ticket_words w on w.number = hit.id where w.number <> due.number')} as tickets,
    ${nearest('macro_index', named(), 'w.macro_id, w.words', 'join macro_words w on w.id = hit.id')} as macros
  from (select number, ticket_id, words from ticket_words where due_at <= ? order by due_at, number desc limit ?) due cross join tickets t on t.id = due.ticket_id`;

type Candidate = [key: string | number, words: string];

/** The statement that keeps what may help with a ticket that was due. */
export function lookedAt(row: Record<string, unknown>, now: Date): Sql {
  const own = JSON.parse(String(row['words'])) as string[];
  const most = (kind: string, stems: (words: string) => string[]) => alike(own, JSON.parse(String(row[kind])) as Candidate[], stems);
  const beside = { documents: most('documents', (title) => telling([title], CANDIDATES)), tickets: most('tickets', JSON.parse), macros: most('macros', JSON.parse) };
  return { sql: 'update ticket_words set beside = ?, due_at = ? where number = ? and words = ?', args: [JSON.stringify(beside), row['again'] ? now.getTime() + AGAIN : null, Number(row['number']), String(row['words'])] };
}

/** The keys of those that are alike enough, the most alike first. */
const alike = (own: string[], candidates: Candidate[], stems: (words: string) => string[]) =>
  candidates
    .map(([key, words]) => ({ key, score: likeness(own, stems(words)) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score)
    .map(({ key }) => key);

function likeness(own: string[], theirs: string[]): number {
  const shared = theirs.filter((stem) => own.includes(stem)).length;
  return shared < 2 && theirs.length > 1 ? 0 : shared / Math.max(2, Math.min(own.length, theirs.length));
}
