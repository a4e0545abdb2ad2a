import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { visibleIdeas } from '../ideas/access.ts';
import { visibleMacros } from '../macros/access.ts';
import { many, onlyIf, type Query } from '../platform/query.ts';
import { type Asking, written } from '../platform/statement.ts';
import { can } from '../platform/viewer.ts';
import { visibleDocuments } from '../search/access.ts';
import { visibleAnswers } from '../surveys/access.ts';
import { ledTo, seenId, visibleTickets } from '../tickets/access.ts';

/** Something that may help with a ticket. */
export interface Beside {
  kind: 'article' | 'topic' | 'ticket' | 'macro';
  /** The address of an article or topic without the language, the number of a ticket, the id of a macro. */
  at: string;
  title: string;
  /** Of a ticket. */
  status: 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed' | null;
}

/** An idea of whoever asks, or an answer of theirs to a survey: its score, and what they said with it. */
export interface Voice {
  kind: 'idea' | 'nps' | 'csat' | 'ces';
  text: string;
  score: number | null;
  at: Date;
}

/** Which kinds are asked for. */
type Kinds = Record<'documents' | 'tickets' | 'macros', boolean>;

/** How many are told of each kind. */
const TOLD = 3;

const asking = onlyIf(
  written(
    (number: number, kinds: Kinds) => ({ number, ...kinds }),
    (db, viewer, { number, documents, tickets, macros }) => {
      const [document, ticket, macro] = [visibleDocuments(db, viewer), visibleTickets(db, viewer), visibleMacros(db, viewer)];
      const found = (kind: SQL, at: SQLWrapper, title: SQLWrapper, status: SQLWrapper, list: string, from: SQLWrapper, key: SQLWrapper) =>
        sql`select ${kind} as kind, ${at} as at, ${title} as title, ${status} as status from wanted cross join json_each(wanted.beside, ${sql.raw(`'$.${list}'`)}) c cross join ${from} on ${key} = c.value`;
      const lists = [
        documents && found(sql`case ${document.type} when 'article' then 'article' else 'topic' end`, document.url, document.title, sql`null`, 'documents', document, document.id),
        tickets && found(sql`'ticket'`, ticket.number, ticket.subject, ticket.status, 'tickets', ticket, ticket.number),
        macros && found(sql`'macro'`, macro.id, macro.name, sql`null`, 'macros', macro, macro.id),
      ].filter((list) => list !== false);
      const all = sql`(with wanted as materialized (select beside from ticket_words where ticket_id = ${seenId(db, viewer, number)}) ${sql.join(lists, sql` union all `)}) as found`;
      const column = <Value>(name: string) => sql<Value>`${sql.raw(`found.${name}`)}`.as(name);
      return db.select({ kind: column<Beside['kind']>('kind'), at: sql<string>`found.at`.mapWith(String).as('at'), title: column<string>('title'), status: column<Beside['status']>('status') }).from(all);
    },
  ),
  (viewer, _number, kinds) => can(viewer, 'tickets.see') && Object.values(kinds).includes(true),
);

/** Articles, topics, other tickets and macros whose words are much those of a ticket, as they were found by the clock: the most alike first, three of each at most, of these kinds. Staff only; nothing for anybody else. */
export const besideTicket = (number: number, kinds: Kinds = { documents: true, tickets: true, macros: true }): Query<Beside[]> => ({ asking: (db, viewer) => asking(db, viewer, number, kinds) as Asking | undefined, read: (rows) => told(rows as Beside[]) });

/** The ideas of a ticket’s requester and their answers to surveys, the newest first, three of each. Staff only. */
export const voicesOfRequester = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [ticket, idea, answer] = [visibleTickets(db, viewer), visibleIdeas(db, viewer), visibleAnswers(db, viewer)];
      const who = sql`(select ${ticket.requesterId} from ${ticket} where ${ticket.id} = ${ledTo(viewer, number)} and ${can(viewer, 'tickets.see') ? sql`true` : sql`false`})`;
      const latest = (kind: SQLWrapper, text: SQLWrapper, score: SQLWrapper, from: SQLWrapper, owner: SQLWrapper, at: SQLWrapper) =>
        sql`select * from (select ${kind} as kind, ${text} as text, ${score} as score, ${at} as at from ${from} where ${owner} = ${who} order by ${at} desc limit ${sql.raw(String(TOLD))})`;
      const all = sql`(${latest(sql`'idea'`, idea.title, sql`null`, idea, idea.authorId, idea.createdAt)} union all ${latest(answer.kind, answer.comment, answer.score, answer, answer.userId, answer.createdAt)}) as said`;
      return db.select({ kind: sql<Voice['kind']>`said.kind`.as('kind'), text: sql<string>`said.text`.as('text'), score: sql<number | null>`said.score`.as('score'), at: sql<Date>`said.at`.mapWith((at: number) => new Date(at)).as('at') }).from(all);
    },
  ),
);

function told(found: Beside[]): Beside[] {
  const of = (...kinds: Beside['kind'][]) => found.filter(({ kind }) => kinds.includes(kind)).slice(0, TOLD);
  return [...of('article', 'topic'), ...of('ticket'), ...of('macro')];
}
