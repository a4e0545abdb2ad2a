import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { either } from '../platform/rules.ts';
import { copied, copying } from './access.ts';
import { NoMoreCopied } from './input.ts';
import { ticketToChange } from './queries.ts';
import { ticketPeople } from './schema.ts';
import { Refusal } from '../platform/refusal.ts';

/** Copies somebody no more: from the next request on they see nothing of the ticket. Who is copied may take themself out. */
export const uncopyOnTicket = operation({
  name: 'tickets.uncopy',
  input: NoMoreCopied,
  subject: ({ number }) => ticketToChange(number),
  may: either(copying, copied),
  decide({ db, viewer }, { person }, ticket) {
    if (!copying.allows(viewer, ticket) && person !== viewer.id) throw new Refusal('forbidden', 'You can only take yourself out.');
    return {
      statements: [db.delete(ticketPeople).where(and(eq(ticketPeople.ticketId, ticket.id), eq(ticketPeople.role, 'cc'), eq(ticketPeople.userId, person)))],
      events: [{ type: 'ticket.uncopied', subject: ticket.id, data: { person } }],
      result: { number: ticket.number, isSelf: person === viewer.id },
    };
  },
});
