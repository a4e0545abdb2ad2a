import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Showing } from './input.ts';
import { ticketToShow } from './queries.ts';
import { incidents } from './schema.ts';

/** Tells everybody who is about to ask the same what is known of a ticket, or changes these words. Nothing else of the ticket is shown. */
export const showIncident = operation({
  name: 'incidents.show',
  input: Showing,
  subject: ({ number }) => ticketToShow(number),
  may: permitted('tickets.answer'),
  decide({ db, now, newId }, { wordsEn, wordsEl }, { id, number, isOpen, incident, revision, ...was }) {
    if (!isOpen) throw new Refusal('conflict', 'This ticket is done. Only what is still open is shown to customers.');
    if (incident !== null && was.wordsEn === wordsEn && was.wordsEl === wordsEl) return { statements: [], events: [], result: { number } };
    return {
      statements: [incident !== null ? db.update(incidents).set({ wordsEn, wordsEl }).where(eq(incidents.id, incident)) : db.insert(incidents).values({ id: newId('inc'), ticketId: id, wordsEn, wordsEl, shownAt: now }).onConflictDoUpdate({ target: incidents.ticketId, set: { wordsEn, wordsEl } })],
      events: [{ type: 'ticket.shown', subject: id, revision: revision + 1, data: { words: wordsEn } }],
      result: { number },
    };
  },
});
