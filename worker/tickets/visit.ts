import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { OneTicket } from './input.ts';
import { ticketToChange } from './queries.ts';
import { ticketVisits } from './schema.ts';

/** Notes that somebody of the staff looks at a ticket, so that colleagues see it. It is no event. */
export const visitTicket = operation({
  name: 'tickets.visit',
  input: OneTicket,
  subject: ({ number }) => ticketToChange(number),
  may: permitted('tickets.see'),
  decide: ({ db, viewer, now }, _, ticket) => ({
    statements: [db.insert(ticketVisits).values({ ticketId: ticket.id, userId: viewer.id!, at: now }).onConflictDoUpdate({ target: [ticketVisits.ticketId, ticketVisits.userId], set: { at: now } })],
    events: [],
    result: { number: ticket.number },
  }),
});
