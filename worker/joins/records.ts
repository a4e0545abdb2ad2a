import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import { markedBy, remembered } from '../platform/kept.ts';
import { many, maybe } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { DAY } from '../platform/time.ts';
import type { Viewer } from '../platform/viewer.ts';
import { atDesk, ledTo, ticketMark, visibleTickets } from '../tickets/access.ts';
import { everyTicket, visibleMerges } from './access.ts';
import { isTyped } from './typed.ts';

const oneOf = (viewer: Viewer, column: string, number: unknown) => sql`(select ${sql.raw(column)} from tickets where id = ${ledTo(viewer, number)})`;

/** The tickets that are part of another by a merge of their own, the earliest first. Staff only. */
export const mergedInto = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [merge, source, requester] = [visibleMerges(db, viewer), everyTicket(db, viewer, 'source_ticket'), authors(db, 'requester')];
      return db
        .select({ number: source.number, subject: source.subject, requesterName: requester.name, isPrivate: merge.isPrivate, createdAt: merge.createdAt })
        .from(merge)
        .innerJoin(source, eq(source.id, merge.sourceId))
        .innerJoin(requester, eq(requester.id, source.requesterId))
        .where(sql`${merge.targetId} = ${ledTo(viewer, number)}`)
        .orderBy(asc(merge.createdAt), asc(merge.id))
        .limit(200);
    },
  ),
);

/** What a ticket may be merged with: the tickets of the same requester that changed last. Staff only. */
export const candidates = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const ticket = visibleTickets(db, viewer);
      return db
        .select({ number: ticket.number, subject: ticket.subject, status: ticket.status, isOpen: ticket.isOpen, createdAt: ticket.createdAt, isTyped: isTyped('tickets') })
        .from(ticket)
        .where(and(sql`${ticket.requesterId} = ${oneOf(viewer, 'requester_id', number)}`, sql`${ticket.id} <> ${ledTo(viewer, number)}`, atDesk(viewer)))
        .orderBy(desc(ticket.updatedAt), desc(ticket.id))
        .limit(50);
    },
  ),
);

/** Whether the address of a ticket was typed without signing in, and nobody confirmed it. Staff only; no row of one that they do not see. */
export const typedAddress = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const ticket = visibleTickets(db, viewer);
      return db.select({ requesterId: ticket.requesterId, isTyped: isTyped('tickets') }).from(ticket).where(and(sql`${ticket.id} = ${ledTo(viewer, number)}`, atDesk(viewer)));
    },
  ),
);

const WEEK = 7 * DAY;

/**
 * Tickets of the same requester or account that came within a week of this one, the newest thirty of each, with the stems by which they are found, as
 * JSON. Staff only.
 */
export const lately = remembered(
  many(
    written(
      (number: number) => ({ number }),
      (db, viewer, { number }) => {
        const ticket = visibleTickets(db, viewer);
        const near = (column: string) => sql.raw(`select id from (select t.id from tickets t where t.${column} = mine.${column} and t.created_at between mine.created_at - ${WEEK} and mine.created_at + ${WEEK} order by t.created_at desc limit 30)`);
        // Crossed in this order there is only one plan to look at.
        return db
          .select({ number: ticket.number, subject: ticket.subject, status: ticket.status, words: sql<string>`w.words`.as('words') })
          .from(sql`tickets mine`)
          .crossJoin(ticket)
          .crossJoin(sql`ticket_words w`)
          .where(and(sql`mine.id = ${ledTo(viewer, number)} and ${ticket.id} in (${near('requester_id')} union all ${near('account_id')}) and w.ticket_id = ${ticket.id} and ${ticket.id} <> mine.id`, sql`${ticket.kind} = 'customer'`, atDesk(viewer)));
      },
    ),
  ),
  markedBy(ticketMark),
);
