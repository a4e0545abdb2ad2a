import { sql } from 'drizzle-orm';
import { posted, postedTo, takenBack } from '../mail/schema.ts';
import { counted, keyOf } from '../platform/limits.ts';
import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { HOUR, MINUTE } from '../platform/time.ts';
import { confirmLetter } from './emails.ts';
import { GuestAwaiting } from './input.ts';
import { hashOfWait, waitKey } from './link.ts';
import { problemToAwait } from './queries.ts';
import { guestWaits } from './schema.ts';

/** How often a network may ask within an hour, and how many such letters an address gets within a day, each so long after the other. */
const PACE = { most: 10, within: HOUR };
const [LETTERS, PAUSE] = [3, 2 * MINUTE];

/**
 * A guest who was about to send a ticket gives an address that is to be told when something known is fixed. It gets one letter that asks whether they mean it,
 * and nothing more before they say so. Neither the answer nor its time tells whether the address was given before, or has an account.
 */
export const awaitAsGuest = operation({
  name: 'incidents.await-as-guest',
  input: GuestAwaiting,
  subject: ({ follow: { kind, place } }) => problemToAwait(kind, place, 0),
  may: anyone,
  decide(setting, { follow: { kind }, email, locale, network, url }, { id: refId }) {
    const { db, now, newId, secret } = setting;
    const key = waitKey(secret, kind, refId, email);
    const letterId = newId('mal');
    const since = (span: number) => new Date(now.getTime() - span);
    return {
      statements: [
        ...(network === 'unknown' ? [] : [counted(db, keyOf('await from', network), PACE, now)]),
        db.insert(guestWaits).values({ keyHash: hashOfWait(key), kind, refId, address: email, locale, createdAt: now }).onConflictDoUpdate({ target: guestWaits.keyHash, set: { createdAt: now, locale } }),
        posted(db, setting, confirmLetter({ to: email, locale, url, key }), letterId),
        takenBack(db, letterId, sql`(${postedTo(email, ['await'], since(PAUSE))} > 1 or ${postedTo(email, ['await'], since(24 * HOUR))} > ${LETTERS})`),
      ],
      events: [],
      result: { kind },
    };
  },
});
