import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { Tracking, Untracking } from './input.ts';
import { ticketToLink } from './queries.ts';
import { ticketTrackers } from './schema.ts';

/** Says what of this ticket engineers keep elsewhere, under which name and address. */
export const trackTicket = operation({
  name: 'links.track',
  input: Tracking,
  subject: ({ number }) => ticketToLink(number, 0),
  may: permitted('tickets.change'),
  decide({ db, now }, { reference, url }, { id, number }) {
    return {
      statements: [db.insert(ticketTrackers).values({ ticketId: id, reference, url: url ?? null, createdAt: now }).onConflictDoUpdate({ target: [ticketTrackers.ticketId, ticketTrackers.reference], set: { url: url ?? null } })],
      events: [{ type: 'ticket.tracked', subject: id, data: { reference, ...(url ? { url } : {}) } }],
      result: { number },
    };
  },
});

/** Takes that back. */
export const untrackTicket = operation({
  name: 'links.untrack',
  input: Untracking,
  subject: ({ number }) => ticketToLink(number, 0),
  may: permitted('tickets.change'),
  decide: ({ db }, { reference }, { id, number }) => ({
    statements: [db.delete(ticketTrackers).where(and(eq(ticketTrackers.ticketId, id), eq(ticketTrackers.reference, reference)))],
    events: [{ type: 'ticket.untracked', subject: id, data: { reference } }],
    result: { number },
  }),
});
