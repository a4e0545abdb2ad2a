import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { raw } from '../platform/statement.ts';
import { Hiding } from './input.ts';
import { ticketToShow } from './queries.ts';

/** The incidents of a ticket and of those that are part of it. */
const THEIRS = 'select id from incidents where ticket_id in (select ?1 union all select p.id from tickets p where p.merged_into = ?1)';
const gone = (id: string) => [`delete from guest_waits where kind = 'incident' and ref_id in (${THEIRS})`, `delete from incidents where id in (${THEIRS})`].map((sql) => raw(sql, [id]));

/** Tells customers of a ticket no longer, and those who waited for it nothing. */
export const hideIncident = operation({
  name: 'incidents.hide',
  input: Hiding,
  subject: ({ number }) => ticketToShow(number),
  may: permitted('tickets.answer'),
  decide: (_setting, _input, { id, number, incident, revision }) =>
    incident === null
      ? { statements: [], events: [], result: { number } }
      : { statements: gone(id), events: [{ type: 'ticket.unshown', subject: id, revision: revision + 1, data: {} }], result: { number } },
});
