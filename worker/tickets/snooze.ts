import { eq, sql } from 'drizzle-orm';
import { morningOf } from '../platform/days.ts';
import { type Guard, operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Snooze } from './input.ts';
import { ticketToChange } from './queries.ts';
import { SOME_DAY, tickets } from './schema.ts';

/** Hour of the reader's morning in which tickets come back. */
const MORNING = 8;

/** Takes a ticket out of sight until a morning, until something happens in a ticket that it is linked with, or until the next word from outside, which wakes it in any case; with `close` it is closed then, without a word. */
export const snoozeTicket = operation({
  name: 'tickets.snooze',
  input: Snooze,
  subject: ({ number }) => ticketToChange(number),
  may: permitted('tickets.change'),
  decide({ db, viewer, now }, { until, day, close }, ticket) {
    if (!ticket.isOpen) throw new Refusal('conflict', 'This ticket is solved. There is nothing to wait for.');
    if (until === 'day' && !day) throw invalid({ day: 'Choose a day.' });
    const isOpenEnded = until === 'reply' || until === 'linked';
    if (isOpenEnded && close) throw invalid({ until: 'Choose the day on which it is closed.' });
    const at = isOpenEnded ? SOME_DAY : morningOf(viewer.timeZone, now, until === 'day' ? day! : until, MORNING);
    if (at.getTime() <= now.getTime()) throw invalid({ day: 'Choose a day that is still to come.' });
    const snooze = isOpenEnded ? until : close ? 'close' : 'until';
    return {
      ...(until === 'linked' ? { guard: isLinked(ticket.id) } : {}),
      statements: [db.update(tickets).set({ snooze, snoozedUntil: at, updatedAt: now }).where(eq(tickets.id, ticket.id))],
      events: [{ type: 'ticket.snoozed', subject: ticket.id, revision: ticket.revision + 1, data: { snooze, ...(isOpenEnded ? {} : { until: at.toISOString() }) } }],
      result: { number: ticket.number },
    };
  },
});

/** Something has to be there that can change. */
const isLinked = (id: string): Guard => ({ holds: sql`exists (select 1 from ticket_links where from_id = ${id} union all select 1 from ticket_links where to_id = ${id})`, otherwise: invalid({ until: 'Link it with another ticket first.' }) });
