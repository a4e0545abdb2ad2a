import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { Watching } from './input.ts';
import { ticketToChange } from './queries.ts';
import { ticketPeople } from './schema.ts';

/** Says whether somebody of the staff wants to hear of everything in a ticket. It is no event: nobody else hears of it. */
export const watchTicket = operation({
  name: 'tickets.watch',
  input: Watching,
  subject: ({ number }) => ticketToChange(number),
  may: permitted('tickets.see'),
  decide({ db, viewer, now }, { watching }, ticket) {
    const row = { ticketId: ticket.id, userId: viewer.id!, role: 'watcher' as const, addedAt: now };
    const gone = and(eq(ticketPeople.ticketId, ticket.id), eq(ticketPeople.role, 'watcher'), eq(ticketPeople.userId, viewer.id!));
    return { statements: [watching ? db.insert(ticketPeople).values(row).onConflictDoNothing() : db.delete(ticketPeople).where(gone)], events: [], result: { watching } };
  },
});
