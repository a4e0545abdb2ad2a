import type { Database } from '../database/open.ts';
import { keyFor, matches } from '../platform/signature.ts';
import { type Asking, asked, written } from '../platform/statement.ts';
import { visitor } from '../platform/viewer.ts';
import { roundOf } from './access.ts';

/** The key that opens a ticket without a session. It holds for one round: a new one begins when somebody else asks the ticket. */
function keyOf(secret: string, number: number, round: number): string {
  return round === 0 ? keyFor(secret, 'ticket', String(number)) : `${keyFor(secret, 'ticket', `${number} ${round}`)}.${round}`;
}

/** The address of a ticket with the key that opens it without a session: `/tickets/12?key=…`. `round` is its `link_round`, which is 0 until its requester changes. */
export const guestLink = (secret: string, number: number, round = 0) => `/tickets/${number}?key=${keyOf(secret, number, round)}`;

/** The address where a ticket is rated, with the same key. */
export const ratingLink = (secret: string, number: number, round = 0) => `/tickets/${number}/rating?key=${keyOf(secret, number, round)}`;

/** The round of a key that was made here for the ticket with this number; undefined of any other. Whether it is still that round, `stillOpens` asks. */
export function roundIn(secret: string, number: number, key: string): number | undefined {
  const round = Number(/\.([1-9]\d{0,8})$/.exec(key)?.[1] ?? 0);
  return matches(keyOf(secret, number, round), key) ? round : undefined;
}

const roundNow = written(
  (number: number) => ({ number }),
  (db, _viewer, { number }) => roundOf(db, number),
);

/** Whether a link of this round opens the ticket with this number still: what the portal asks along with what the link is to show. A ticket that waits to be looked at is in its first. */
export const stillOpens = (number: number, ofRound: number) => ({
  asking: (db: Database): Asking => asked(roundNow(db, visitor, number)),
  holds: ([row]: unknown[]) => ((row as { round: number } | undefined)?.round ?? 0) === ofRound,
});
