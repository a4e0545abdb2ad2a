import { lt, sql } from 'drizzle-orm';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { MINUTE } from '../platform/time.ts';
import { Next } from './input.ts';
import { nextTicket } from './queries.ts';
import { ticketClaims } from './schema.ts';

/** How long a ticket is kept from others, and how long one that was put off is not offered again. */
const LASTS = { claim: 10 * MINUTE, skip: 60 * MINUTE };

/**
 * The next ticket of a view that nobody else works on: from now on, for ten minutes, it is theirs to work on, and the one they leave is not. Null when none
 * is left. Of two who ask in the same moment, one is refused as `conflict`. It is no event.
 */
export const takeNext = operation({
  name: 'views.next',
  input: Next,
  subject: ({ condition, sort, number }) => nextTicket({ condition, sort }, number, Date.now()),
  may: permitted('tickets.see'),
  decide(setting, { number, skip }, ticket) {
    const { db, viewer, now } = setting;
    const left = leaving(setting, number, skip);
    const swept = db.delete(ticketClaims).where(lt(ticketClaims.until, now));
    if (!ticket) return { statements: [swept, ...left], events: [], result: { number: null } };
    const until = new Date(now.getTime() + LASTS.claim);
    const claim = db
      .insert(ticketClaims)
      .values({ ticketId: ticket.id, userId: viewer.id!, until })
      .onConflictDoUpdate({ target: [ticketClaims.ticketId, ticketClaims.userId], set: { isSkipped: false, until } });
    return {
      guard: {
        holds: sql`not exists (select 1 from ticket_claims where ticket_id = ${ticket.id} and user_id <> ${viewer.id} and is_skipped = 0 and until > ${now.getTime()})`,
        otherwise: new Refusal('conflict', 'Somebody took this ticket in the same moment. Ask for the next one again.'),
      },
      statements: [swept, ...left, claim],
      events: [],
      result: { number: ticket.number as number | null },
    };
  },
});

/** What becomes of the claim on the ticket of this number. */
function leaving({ db, viewer, now }: Setting, number: number, skip: boolean): Writing[] {
  if (number === 0) return [];
  const ticket = sql`(select id from tickets where number = ${number})`;
  if (!skip) return [db.delete(ticketClaims).where(sql`ticket_id = ${ticket} and user_id = ${viewer.id}`)];
  const until = new Date(now.getTime() + LASTS.skip);
  const mine = db.select({ ticketId: sql`id`.as('ticket_id'), userId: sql`${viewer.id}`.as('user_id'), isSkipped: sql`1`.as('is_skipped'), until: sql`${until.getTime()}`.as('until') }).from(sql`tickets`).where(sql`number = ${number}`);
  return [db.insert(ticketClaims).select(mine as never).onConflictDoUpdate({ target: [ticketClaims.ticketId, ticketClaims.userId], set: { isSkipped: true, until } })];
}
