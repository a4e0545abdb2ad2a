import { and, eq, or } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { Unlinking } from './input.ts';
import { ticketToLink } from './queries.ts';
import { ticketLinks } from './schema.ts';

/** Takes a link between two tickets away, whichever of them comes first. */
export const unlinkTickets = operation({
  name: 'links.unlink',
  input: Unlinking,
  subject: ({ number, other }) => ticketToLink(number, other),
  may: permitted('tickets.change'),
  decide({ db }, { kind, other }, { id, otherId, number }) {
    const between = (from: string, to: string) => and(eq(ticketLinks.fromId, from), eq(ticketLinks.toId, to), eq(ticketLinks.kind, kind as 'parent'));
    return {
      statements: [db.delete(ticketLinks).where(or(between(id, otherId ?? ''), between(otherId ?? '', id)))],
      events: [{ type: 'ticket.unlinked', subject: id, data: { ticket: other, kind } }, ...(otherId ? [{ type: 'ticket.unlinked' as const, subject: otherId, data: { ticket: number, kind } }] : [])],
      result: { number },
    };
  },
});
