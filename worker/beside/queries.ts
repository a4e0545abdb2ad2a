import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { visibleMacros } from '../macros/access.ts';
import { onlyIf, type Query } from '../platform/query.ts';
import { type Asking, written } from '../platform/statement.ts';
import { can } from '../platform/viewer.ts';
import { visibleDocuments } from '../search/access.ts';
import { seenId, visibleTickets } from '../tickets/access.ts';
import { telling } from './words.ts';

/** Something that may help with a ticket. */
export interface Beside {
  kind: 'article' | 'topic' | 'ticket' | 'macro';
  /** The address of an article or topic without the language, the number of a ticket, the id of a macro. */
  at: string;
  title: string;
  /** Of a ticket. */
  status: 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed' | null;
}

interface Row extends Beside {
  /** Stems of the ticket, and, of tickets and macros, theirs: JSON. */
  own: string;
  theirs: string | null;
}

/** Candidates of each kind that are compared, and how many are told of each. */
const [CANDIDATES, TOLD] = [12, 3];
/** A word that more texts hold than so many tells little, and is not looked for: it bounds what a look costs. Macros are never so many. */
const RARE = 200;
/** Matches nothing: the sign is never part of a word. */
const NOTHING = `'"§"'`;
/** The share of its words that something has to have in common with the ticket, of those of whichever has fewer. */
const ALIKE = 0.34;

const asking = onlyIf(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [document, ticket, macro] = [visibleDocuments(db, viewer), visibleTickets(db, viewer), visibleMacros(db, viewer)];
      const named = (where = '') => `(select group_concat('"' || value || '"', ' OR ') from json_each((select words from wanted))${where})`;
      const rare = (table: string) => named(` where (select count(*) from (select 1 from ${table} where ${table} match '"' || value || '"' limit ${RARE + 1})) <= ${RARE}`);
      const hits = (table: string, words = rare(table)) => sql.raw(`(select rowid as id from ${table} where ${table} match coalesce(${words}, ${NOTHING}) order by rank limit ${CANDIDATES}) hit`);
      const found = (kind: SQL, at: SQLWrapper, title: SQLWrapper, status: SQLWrapper, theirs: SQL, from: SQL) => sql`select ${kind} as kind, ${at} as at, ${title} as title, ${status} as status, wanted.words as own, ${theirs} as theirs from wanted cross join ${from}`;
      const nothing = sql`null`;
      const all = sql`(with mine as materialized ${seenId(db, viewer, number)},
        wanted as materialized (select w.ticket_id, w.words from ticket_words w where w.ticket_id = (select id from mine) and json_array_length(w.words) > 0)
        ${found(sql`case ${document.type} when 'article' then 'article' else 'topic' end`, document.url, document.title, nothing, nothing, sql`${hits('search_titles')} join ${document} on ${document.id} = hit.id`)}
        union all ${found(sql`'ticket'`, ticket.number, ticket.subject, ticket.status, sql`w.words`, sql`${hits('ticket_index')} join ticket_words w on w.number = hit.id join ${ticket} on ${ticket.id} = w.ticket_id where ${ticket.id} <> wanted.ticket_id`)}
        union all ${found(sql`'macro'`, macro.id, macro.name, nothing, sql`w.words`, sql`${hits('macro_index', named())} join macro_words w on w.id = hit.id join ${macro} on ${macro.id} = w.macro_id`)}) as found`;
      const column = <Value>(name: string) => sql<Value>`${sql.raw(`found.${name}`)}`.as(name);
      return db.select({ kind: column<Beside['kind']>('kind'), at: sql<string>`found.at`.mapWith(String).as('at'), title: column<string>('title'), status: column<Beside['status']>('status'), own: column<string>('own'), theirs: column<string | null>('theirs') }).from(all);
    },
  ),
  (viewer) => can(viewer, 'tickets.see'),
);

/** Articles, topics, other tickets and macros whose words are much those of a ticket, the most alike first, three of each at most. Staff only; nothing for anybody else. */
export const besideTicket = (number: number): Query<Beside[]> => ({ asking: (db, viewer) => asking(db, viewer, number) as Asking | undefined, read: (rows) => most(rows as Row[]) });

function most(rows: Row[]): Beside[] {
  const scored = rows.map(({ own, theirs, ...one }) => ({ one, score: likeness(JSON.parse(own) as string[], theirs === null ? telling([one.title], CANDIDATES) : (JSON.parse(theirs) as string[])) }));
  const kept = scored.filter(({ score }) => score >= ALIKE).sort((a, b) => b.score - a.score).map(({ one }) => one);
  const of = (...kinds: Beside['kind'][]) => kept.filter(({ kind }) => kinds.includes(kind)).slice(0, TOLD);
  return [...of('article', 'topic'), ...of('ticket'), ...of('macro')];
}

function likeness(own: string[], theirs: string[]): number {
  const shared = theirs.filter((stem) => own.includes(stem)).length;
  return shared < 2 && theirs.length > 1 ? 0 : shared / Math.max(2, Math.min(own.length, theirs.length));
}
