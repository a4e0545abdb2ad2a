import { and, eq, inArray, isNull } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { notFound } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { Seen } from './input.ts';
import { ticketSeen } from './queries.ts';
import { notifications } from './schema.ts';

/** Marks as seen what somebody was told: everything, what one ticket told them, or one thing. It is no event. */
export const seeNotifications = operation({
  name: 'notifications.see',
  input: Seen,
  subject: ({ ticket }) => ticketSeen(ticket),
  may: signedIn,
  decide({ db, viewer, now }, { ticket, about }, seen) {
    if (ticket !== undefined && !seen) throw notFound();
    const which = and(eq(notifications.userId, viewer.id!), isNull(notifications.seenAt), seen && inArray(notifications.ticketId, seen.ids), about === undefined ? undefined : eq(notifications.about, about));
    return { statements: [db.update(notifications).set({ seenAt: now }).where(which)], events: [], result: {} };
  },
});
