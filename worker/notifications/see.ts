import { and, eq, inArray, isNull } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { notFound } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { Seen } from './input.ts';
import { ticketSeen } from './queries.ts';
import { notifications } from './schema.ts';

/** Marks as seen what somebody was told: everything, or what one ticket told them. It is no event. */
export const seeNotifications = operation({
  name: 'notifications.see',
  input: Seen,
  subject: ({ ticket }) => ticketSeen(ticket),
  may: signedIn,
  decide({ db, viewer, now }, { ticket }, seen) {
    if (ticket !== undefined && !seen) throw notFound();
    const which = and(eq(notifications.userId, viewer.id!), isNull(notifications.seenAt), seen && inArray(notifications.ticketId, seen.ids));
    return { statements: [db.update(notifications).set({ seenAt: now }).where(which)], events: [], result: {} };
  },
});
