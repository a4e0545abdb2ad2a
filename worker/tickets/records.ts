import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import { decodeCursor, maybe, page } from '../platform/query.ts';
import { isStaff, type Viewer } from '../platform/viewer.ts';
import { visibleMessages, visibleTickets } from './access.ts';
import { statuses } from './input.ts';

/** A ticket as a record, for the API: the same columns in a list and alone. */
const record = (ticket: ReturnType<typeof visibleTickets>, requester: ReturnType<typeof authors>) => ({
  id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, priority: ticket.priority, tags: ticket.tags, assigneeId: ticket.assigneeId, accountId: ticket.accountId,
  requester: { id: requester.id, name: requester.name, handle: requester.handle }, createdAt: ticket.createdAt, updatedAt: ticket.updatedAt, solvedAt: ticket.solvedAt, importId: ticket.importId,
});

/** Staff walk the index of a status; whoever sees only some tickets has to come by those, which is what the `+` tells the planner. */
const inStatus = ({ status }: ReturnType<typeof visibleTickets>, viewer: Viewer, wanted: string) => (isStaff(viewer) ? sql`${status} = ${wanted}` : sql`+${status} = ${wanted}`);

export const ticketsPage = page(
  ({ number }: { number: number }) => [number],
  (db, viewer, { after, limit }, wanted?: string) => {
    const [ticket, requester] = [visibleTickets(db, viewer), authors(db, 'requester')];
    const [from] = decodeCursor(after) ?? [];
    const status = statuses.find((one) => one === wanted);
    return db
      .select(record(ticket, requester))
      .from(ticket)
      .innerJoin(requester, eq(requester.id, ticket.requesterId))
      .where(and(status ? inStatus(ticket, viewer, status) : undefined, from === undefined ? undefined : lt(ticket.number, Number(from))))
      .orderBy(desc(ticket.number))
      .limit(limit + 1);
  },
);

export const wholeTicket = maybe((db, viewer, number: number) => {
  const [ticket, requester] = [visibleTickets(db, viewer), authors(db, 'requester')];
  return db.select(record(ticket, requester)).from(ticket).innerJoin(requester, eq(requester.id, ticket.requesterId)).where(eq(ticket.number, number));
});

export const messagesPage = page(
  ({ number }: { number: number }) => [number],
  (db, viewer, { after, limit }, ticketNumber: number) => {
    const [message, author] = [visibleMessages(db, viewer, ticketNumber), authors(db)];
    const [from = 0] = decodeCursor(after) ?? [];
    return db
      .select({
        id: message.id, number: message.number, visibility: message.visibility, body: message.body, createdAt: message.createdAt, importId: message.importId,
        author: { id: author.id, name: author.name, handle: author.handle, role: author.role },
      })
      .from(message)
      .innerJoin(author, eq(author.id, message.authorId))
      .where(gt(message.number, Number(from)))
      .orderBy(asc(message.number))
      .limit(limit + 1);
  },
);
