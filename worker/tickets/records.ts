import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import { decodeCursor, maybe, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { visibleMessages, visibleTickets } from './access.ts';
import { statuses } from './input.ts';

/** A ticket as a record, for the API: the same columns in a list and alone. */
const record = (ticket: ReturnType<typeof visibleTickets>, requester: ReturnType<typeof authors>) => ({
  id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, priority: ticket.priority, tags: ticket.tags, assigneeId: ticket.assigneeId, accountId: ticket.accountId,
  requester: { id: requester.id, name: requester.name, handle: requester.handle }, createdAt: ticket.createdAt, updatedAt: ticket.updatedAt, solvedAt: ticket.solvedAt, importId: ticket.importId,
});

export const ticketsPage = page(
  ({ number }: { number: number }) => [number],
  written(
    ({ after, limit }: Slice, asked?: string) => ({ status: statuses.find((one) => one === asked), from: numberFrom(after), most: limit + 1 }),
    (db, viewer, { status, from, most }) => {
      const [ticket, requester] = [visibleTickets(db, viewer), authors(db, 'requester')];
      return db
        .select(record(ticket, requester))
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .where(and(status && eq(ticket.status, status), from && lt(ticket.number, from)))
        .orderBy(desc(ticket.number))
        .limit(most);
    },
  ),
);

export const wholeTicket = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [ticket, requester] = [visibleTickets(db, viewer), authors(db, 'requester')];
      return db.select(record(ticket, requester)).from(ticket).innerJoin(requester, eq(requester.id, ticket.requesterId)).where(eq(ticket.number, number));
    },
  ),
);

export const messagesPage = page(
  ({ number }: { number: number }) => [number],
  written(
    ({ after, limit }: Slice, number: number) => ({ number, from: numberFrom(after) ?? 0, most: limit + 1 }),
    (db, viewer, { number, from, most }) => {
      const [message, author] = [visibleMessages(db, viewer, number), authors(db)];
      return db
        .select({
          id: message.id, number: message.number, visibility: message.visibility, body: message.body, createdAt: message.createdAt, importId: message.importId,
          author: { id: author.id, name: author.name, handle: author.handle, role: author.role },
        })
        .from(message)
        .innerJoin(author, eq(author.id, message.authorId))
        .where(gt(message.number, from))
        .orderBy(asc(message.number))
        .limit(most);
    },
  ),
);

/** The number after which a list goes on. */
function numberFrom(after: string | undefined): number | undefined {
  const [from] = decodeCursor(after) ?? [];
  return from === undefined ? undefined : Number(from) || 0;
}
