import type { Database } from '../database/open.ts';
import { keyFor, matches } from '../platform/signature.ts';
import { type Asking, asked, written } from '../platform/statement.ts';
import { visitor } from '../platform/viewer.ts';
import { roundOf } from './access.ts';

/** In place of its round, 0: the links that were shown where a ticket was opened by an address that was only typed open it no more, those that went to the address do. */
export const SHOWN_ENDED = -1;

/** The round in which a key was made, and whether it went by mail, so that whoever holds it reads what goes to the address of who asks. */
export interface Key {
  round: number;
  isMailed: boolean;
}

/** The key that opens a ticket without a session. It holds for one round: a new one begins when somebody else asks the ticket. */
function keyOf(secret: string, number: number, { round, isMailed }: Key): string {
  if (isMailed) return `${keyFor(secret, 'ticket by mail', `${number} ${round}`)}.m${round}`;
  return round === 0 ? keyFor(secret, 'ticket', String(number)) : `${keyFor(secret, 'ticket', `${number} ${round}`)}.${round}`;
}

/** Of a ticket with this `link_round`, a key of this kind. Where the ones that are shown have ended, only the other opens it. */
const keyNow = (linkRound: number, isMailed: boolean): Key => (linkRound === SHOWN_ENDED ? { round: 0, isMailed: true } : { round: linkRound, isMailed });

/** The address of a ticket with the key that opens it without a session, as whoever opened it is shown: `/tickets/12?key=…`. `linkRound` is that of the ticket, which is 0 until its requester changes. */
export const guestLink = (secret: string, number: number, linkRound = 0) => linkLike('', secret, number, linkRound);

/** The same for letters to who asks the ticket, and for nothing else. */
export const mailedLink = (secret: string, number: number, linkRound = 0) => linkLike('.m0', secret, number, linkRound);

/** The address where a ticket is rated, with the key of letters. */
export const ratingLink = (secret: string, number: number, linkRound = 0) => ratingLike('.m0', secret, number, linkRound);

const MAILED = /\.m(0|[1-9]\d{0,8})$/;

/** The address of the ticket where another leads, with a key of the same kind as the one that opened the other. */
export const linkLike = (key: string, secret: string, number: number, linkRound: number) => `/tickets/${number}?key=${keyOf(secret, number, keyNow(linkRound, MAILED.test(key)))}`;

/** The same of where it is rated. */
export const ratingLike = (key: string, secret: string, number: number, linkRound: number) => `/tickets/${number}/rating?key=${keyOf(secret, number, keyNow(linkRound, MAILED.test(key)))}`;

/** What a key is that was made here for the ticket with this number; undefined of any other. Whether it is of this round still, `stillOpens` asks. */
export function keyIn(secret: string, number: number, key: string): Key | undefined {
  const mailed = MAILED.exec(key);
  const said = { round: Number((mailed ?? /\.([1-9]\d{0,8})$/.exec(key))?.[1] ?? 0), isMailed: mailed !== null };
  return matches(keyOf(secret, number, said), key) ? said : undefined;
}

const roundNow = written(
  (number: number) => ({ number }),
  (db, _viewer, { number }) => roundOf(db, number),
);

/** Whether a link with this key opens the ticket with this number still: what the portal asks along with what the link is to show. A ticket that waits to be looked at is in its first. */
export const stillOpens = (number: number, { round, isMailed }: Key) => ({
  asking: (db: Database): Asking => asked(roundNow(db, visitor, number)),
  holds: ([row]: unknown[]) => {
    const now = (row as { round: number } | undefined)?.round ?? 0;
    return now === round || (isMailed && round === 0 && now === SHOWN_ENDED);
  },
});
