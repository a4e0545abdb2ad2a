import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/sqlite-core';
import { authors } from '../people/access.ts';
import { many } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { ledTo, visibleTickets } from '../tickets/access.ts';
import { everyTicket, visibleMerges } from './access.ts';
import { COMPARED } from './alike.ts';

const atDesk = (viewer: Viewer) => (can(viewer, 'tickets.see') ? undefined : sql`false`);

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
        .select({ number: ticket.number, subject: ticket.subject, status: ticket.status, isOpen: ticket.isOpen, createdAt: ticket.createdAt })
        .from(ticket)
        .where(and(sql`${ticket.requesterId} = ${oneOf(viewer, 'requester_id', number)}`, sql`${ticket.id} <> ${ledTo(viewer, number)}`, atDesk(viewer)))
        .orderBy(desc(ticket.updatedAt), desc(ticket.id))
        .limit(50);
    },
  ),
);

/** Tickets of the same requester or account that came within a week before this one, the newest thirty of each, with how they begin. Staff only. */
export const lately = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const of = (column: 'requesterId' | 'accountId', name: string) => {
        const ticket = visibleTickets(db, viewer);
        const at = oneOf(viewer, 'created_at', number);
        const beginning = sql`(select substr(m.body, 1, ${COMPARED}) from ticket_messages m where m.ticket_id = ${ticket.id} and m.visibility = 'public' order by m.number limit 1)`;
        return db
          .select({ number: ticket.number, subject: ticket.subject, status: ticket.status, updatedAt: ticket.updatedAt, text: sql<string | null>`${beginning}`.as('text') })
          .from(ticket)
          .where(and(sql`${ticket[column]} = ${oneOf(viewer, name, number)}`, sql`${ticket.createdAt} between ${at} - 604800000 and ${at} + 604800000`, sql`${ticket.id} <> ${ledTo(viewer, number)}`, sql`+${ticket.kind} = 'customer'`, atDesk(viewer)))
          .orderBy(desc(ticket.createdAt))
          .limit(30);
      };
      const [own, ofAccount] = [of('requesterId', 'requester_id').as('own'), of('accountId', 'account_id').as('of_account')];
      return unionAll(db.select().from(own), db.select().from(ofAccount));
    },
  ),
);
