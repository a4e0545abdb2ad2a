import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { asking } from './access.ts';
import { OneTicket } from './input.ts';
import { ticketToChange } from './queries.ts';
import { tickets } from './schema.ts';

/** Those who asked say that their ticket is solved. They can reopen it until it is closed. */
export const closeTicket = operation({
  name: 'tickets.close',
  input: OneTicket,
  subject: ({ number }) => ticketToChange(number),
  may: asking,
  decide({ db, now }, _, ticket) {
    if (!ticket.isOpen) throw new Refusal('conflict', 'This ticket is already solved.');
    return {
      statements: [db.update(tickets).set({ status: 'solved', solvedAt: now, waitingSince: null, snooze: null, snoozedUntil: null, updatedAt: now }).where(eq(tickets.id, ticket.id))],
      events: [{ type: 'ticket.solved', subject: ticket.id, revision: ticket.revision + 1, data: { from: ticket.status } }],
      result: { number: ticket.number },
    };
  },
});
