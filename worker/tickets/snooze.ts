import { eq } from 'drizzle-orm';
import { morningOf } from '../platform/days.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Snooze } from './input.ts';
import { ticketToChange } from './queries.ts';
import { SOME_DAY, tickets } from './schema.ts';

/** Hour of the reader's morning in which tickets come back. */
const MORNING = 8;

/** Takes a ticket out of sight until a morning, or until the next word from outside, which wakes it in any case; with `close` it is closed then, without a word. */
export const snoozeTicket = operation({
  name: 'tickets.snooze',
  input: Snooze,
  subject: ({ number }) => ticketToChange(number),
  may: permitted('tickets.change'),
  decide({ db, viewer, now }, { until, day, close }, ticket) {
    if (!ticket.isOpen) throw new Refusal('conflict', 'This ticket is solved. There is nothing to wait for.');
    if (until === 'day' && !day) throw new Refusal('invalid', 'Check the fields marked below.', { day: 'Choose a day.' });
    if (until === 'reply' && close) throw new Refusal('invalid', 'Check the fields marked below.', { until: 'Choose the day on which it is closed.' });
    const at = until === 'reply' ? SOME_DAY : morningOf(viewer.timeZone, now, until === 'day' ? day! : until, MORNING);
    if (at.getTime() <= now.getTime()) throw new Refusal('invalid', 'Check the fields marked below.', { day: 'Choose a day that is still to come.' });
    const snooze = until === 'reply' ? 'reply' : close ? 'close' : 'until';
    return {
      statements: [db.update(tickets).set({ snooze, snoozedUntil: at, updatedAt: now }).where(eq(tickets.id, ticket.id))],
      events: [{ type: 'ticket.snoozed', subject: ticket.id, revision: ticket.revision + 1, data: { snooze, ...(until === 'reply' ? {} : { until: at.toISOString() }) } }],
      result: { number: ticket.number },
    };
  },
});
