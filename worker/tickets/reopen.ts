import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { can } from '../platform/viewer.ts';
import { askingOrChanging } from './access.ts';
import { OneTicket } from './input.ts';
import { ticketToChange } from './queries.ts';
import { tickets } from './schema.ts';

/** Opens a solved ticket again. Reopened by those who asked, it waits for an answer from now on. A closed one stays closed. */
export const reopenTicket = operation({
  name: 'tickets.reopen',
  input: OneTicket,
  subject: ({ number }) => ticketToChange(number),
  may: askingOrChanging,
  decide({ db, viewer, now }, _, ticket) {
    if (ticket.status === 'closed') throw new Refusal('conflict', 'This ticket is closed. Open a new one.');
    if (ticket.status !== 'solved') throw new Refusal('conflict', 'This ticket is open already.');
    const waitingSince = can(viewer, 'tickets.change') && viewer.id !== ticket.requesterId ? null : now;
    return {
      statements: [db.update(tickets).set({ status: 'open', solvedAt: null, waitingSince, updatedAt: now }).where(eq(tickets.id, ticket.id))],
      events: [{ type: 'ticket.reopened', subject: ticket.id, revision: ticket.revision + 1, data: { from: { status: ticket.status }, to: { status: 'open' } } }],
      result: { number: ticket.number },
    };
  },
});
