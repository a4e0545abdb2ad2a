import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { changing } from '../platform/statement.ts';
import { seenId } from './access.ts';
import { OneTicket } from './input.ts';

/** Notes that somebody of the staff looks at a ticket, so that colleagues see it: of one that they do not see, nothing. It is no event. */
export const visitTicket = operation({
  name: 'tickets.visit',
  input: OneTicket,
  may: permitted('tickets.see'),
  decide: ({ db, viewer, now }, { number }) => ({
    statements: [changing(sql`insert into ticket_visits (ticket_id, user_id, at) select id, ${viewer.id}, ${now.getTime()} from ${seenId(db, viewer, number)} where true on conflict (ticket_id, user_id) do update set at = excluded.at`)],
    events: [],
    result: { number },
  }),
});
