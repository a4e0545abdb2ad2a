import type { Query } from '../../worker/platform/query.ts';
import type { suspendedByNumber } from '../../worker/suspended/queries.ts';
import type { messagesOfTicket, ticketByNumber } from '../../worker/tickets/queries.ts';

type Of<Asked> = Asked extends (...args: never[]) => Query<infer Result> ? NonNullable<Result> : never;

/** A ticket that waits to be looked at, as the ticket that it may become: who sent it sees what they would see of any. */
export function asTicket({ number, subject, body, priority, userId, createdAt, attachments }: Of<typeof suspendedByNumber>): { ticket: Of<typeof ticketByNumber>; messages: Of<typeof messagesOfTicket> } {
  const requesterId = userId ?? `guest of ${number}`;
  return {
    ticket: { id: '', number, requesterId, requesterName: '', accountId: null, subject, status: 'new', isPart: false, ownStatus: null, priority, assigneeName: null, createdAt, updatedAt: createdAt, solvedAt: null, isTold: false },
    messages: [{ id: 'first', number: 1, visibility: 'public', createdAt, attachments, origin: null, isPrivate: false, author: { id: requesterId, name: '', handle: '', role: 'customer' }, body, html: null, renderer: 0 }],
  };
}
