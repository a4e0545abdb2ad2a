import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { OneTicket } from './input.ts';
import { ticketToChange } from './queries.ts';
import { tickets } from './schema.ts';

/** Brings a ticket back that was out of sight. */
export const wakeTicket = operation({
  name: 'tickets.wake',
  input: OneTicket,
  subject: ({ number }) => ticketToChange(number),
  may: permitted('tickets.change'),
  decide({ db, now }, _, ticket) {
    if (ticket.snoozedUntil === null) throw new Refusal('conflict', 'This ticket is in the queue already.');
    return {
      statements: [db.update(tickets).set({ snooze: null, snoozedUntil: null, updatedAt: now }).where(eq(tickets.id, ticket.id))],
      events: [{ type: 'ticket.woken', subject: ticket.id, revision: ticket.revision + 1, data: {} }],
      result: { number: ticket.number },
    };
  },
});
