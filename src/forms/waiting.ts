import type { Query } from '../../worker/platform/query.ts';
import type { suspendedByNumber } from '../../worker/suspended/queries.ts';

type Waiting = ReturnType<typeof suspendedByNumber> extends Query<infer Found> ? NonNullable<Found> : never;

/** A ticket that waits to be looked at, as the ticket that it may become, with its message: who sent it sees what they would see of any. */
export function asTicket({ number, subject, body, priority, userId, createdAt, attachments }: Waiting) {
  const requesterId = userId ?? `guest of ${number}`;
  return {
    ticket: { number, requesterId, accountId: null, subject, status: 'new' as const, isPart: false, ownStatus: null, priority, assigneeName: null, createdAt, updatedAt: createdAt, solvedAt: null, isTold: false, linkRound: 0, askerId: requesterId },
    messages: [{ id: 'first', number: 1, visibility: 'public' as const, createdAt, attachments, origin: null, isPrivate: false, author: { id: requesterId, name: '', handle: '', role: 'customer' as const }, body, html: null }],
  };
}
