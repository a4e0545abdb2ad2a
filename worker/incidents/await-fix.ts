import { knownAs } from '../deflections/access.ts';
import { deflectionCounted, deflections, TAKES_BACK } from '../deflections/schema.ts';
import { follows } from '../following/schema.ts';
import { counted, keyOf } from '../platform/limits.ts';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { HOUR } from '../platform/time.ts';
import { Awaiting } from './input.ts';
import { problemToAwait } from './queries.ts';
import { incidentFollowers } from './schema.ts';

/** How often somebody may say so. */
const PACE = { most: 30, within: HOUR };

/** Somebody who was about to send a ticket waits for something known to be fixed instead, and is told then. It counts as a ticket spared, until they open one within a day. */
export const awaitFix = operation({
  name: 'incidents.await-fix',
  input: Awaiting,
  subject: ({ follow: { kind, place } }) => problemToAwait(kind, place, Date.now() - TAKES_BACK),
  may: signedIn,
  decide({ db, viewer, now, newId }, { follow: { kind } }, { id: refId, isRepeated }) {
    const userId = viewer.id!;
    const id = newId('dfl');
    const waits = kind === 'topic'
      ? db.insert(follows).values({ userId, target: refId, level: 'watching', createdAt: now }).onConflictDoUpdate({ target: [follows.userId, follows.target], set: { level: 'watching', byHand: true } })
      : db.insert(incidentFollowers).values({ incidentId: refId, userId, createdAt: now }).onConflictDoNothing();
    const spared = isRepeated ? [] : [db.insert(deflections).values({ id, kind, refId, who: knownAs(viewer, undefined)!, userId, createdAt: now }), ...deflectionCounted(id)];
    return {
      statements: [counted(db, keyOf('await', userId), PACE, now), waits, ...spared],
      events: kind === 'topic' ? [{ type: 'follow.changed', subject: `follows of ${userId}`, data: { target: refId, level: 'watching' } }] : [{ type: 'incident.awaited', subject: refId, data: {} }],
      result: { kind },
    };
  },
});
