import { eq, gt, sql } from 'drizzle-orm';
import { one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { arrivedAfter, atDesk, countedMessages, lastArrival, ledTo, visibleTickets } from './access.ts';

/** How many messages of a ticket after the one that they count as `seen` the viewer sees, the id of the first of them, what else a page shows of it, and the id of the ticket that they are in. Not found when the ticket is not for them. */
export const newsOfTicket = one(
  written(
    (number: number, seen: number) => ({ number, seen }),
    (db, viewer, { number, seen }) => {
      const [ticket, message] = [visibleTickets(db, viewer), countedMessages(db, viewer, number)];
      return db
        .select({ room: sql<string>`coalesce(${ticket.mergedInto}, ${ticket.id})`.as('room'), count: sql<number>`count(${message.id})`.as('count'), at: sql<number | null>`min(${message.place})`.as('at'), first: sql<string | null>`${message.id}`.as('first'), subject: ticket.subject, status: ticket.status, statusId: ticket.statusId, priority: ticket.priority, groupId: ticket.groupId, assigneeId: ticket.assigneeId, tags: ticket.tags })
        .from(ticket)
        .leftJoin(message, gt(message.place, seen))
        .where(eq(ticket.id, ledTo(viewer, number)))
        .groupBy(ticket.id);
    },
  ),
);

/** How far the queue has come: 0 where it is empty. Not found for who is not of the desk. */
export const newestTicket = one(
  written(
    () => ({}),
    (db, viewer) => db.select({ seen: lastArrival.as('seen') }).from(sql`(select 1)`).where(atDesk(viewer)),
  ),
);

/** More than so many are not counted. */
const MOST = sql.raw('100');

/** How many tickets came into the queue since it had come as far as `seen`, a hundred at most, and the lowest number of these. Not found for who is not of the desk. */
export const newTickets = one(
  written(
    (seen: number) => ({ seen }),
    (db, viewer, { seen }) => {
      const ticket = visibleTickets(db, viewer);
      const newer = sql`(select ${ticket.number} as number from ${arrivedAfter(seen)} arrived cross join ${ticket} where ${ticket.id} = arrived.id limit ${MOST})`;
      return db
        .select({ count: sql<number>`(select count(*) from ${newer})`.as('count'), first: sql<number | null>`(select min(number) from ${newer})`.as('first') })
        .from(sql`(select 1)`)
        .where(atDesk(viewer));
    },
  ),
);
