import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { Hiding } from './input.ts';
import { ticketToShow } from './queries.ts';
import { incidents } from './schema.ts';

/** Tells customers of a ticket no longer, and those who waited for it nothing. */
export const hideIncident = operation({
  name: 'incidents.hide',
  input: Hiding,
  subject: ({ number }) => ticketToShow(number),
  may: permitted('tickets.answer'),
  decide: ({ db }, _, { id, number, incident, revision }) =>
    incident === null
      ? { statements: [], events: [], result: { number } }
      : { statements: [db.delete(incidents).where(eq(incidents.id, incident))], events: [{ type: 'ticket.unshown', subject: id, revision: revision + 1, data: {} }], result: { number } },
});
