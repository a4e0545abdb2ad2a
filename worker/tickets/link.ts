import { keyFor } from '../platform/signature.ts';

/** The address of a ticket with the key that opens it without a session: `/tickets/12?key=…`. */
export const guestLink = (secret: string, number: number) => `/tickets/${number}?key=${keyFor(secret, 'ticket', String(number))}`;

/** The address where a ticket is rated, with the same key. */
export const ratingLink = (secret: string, number: number) => `/tickets/${number}/rating?key=${keyFor(secret, 'ticket', String(number))}`;
