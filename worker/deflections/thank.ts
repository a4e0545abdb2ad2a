import { counted, keyOf } from '../platform/limits.ts';
import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { HOUR } from '../platform/time.ts';
import { knownAs } from './access.ts';
import { Solved } from './input.ts';
import { helperToThank } from './queries.ts';
import { deflectionCounted, deflections, TAKES_BACK } from './schema.ts';

/** How often somebody, or a network, may say so. */
const PACE = { most: 30, within: HOUR };

/** Somebody says, before they send a ticket, that an article or topic solved it. Said again within a day it counts once. A ticket of theirs within a day takes it back. */
export const thankHelper = operation({
  name: 'deflections.thank',
  input: Solved,
  subject: ({ solved: { kind, place }, email }) => helperToThank(kind, place, email, Date.now() - TAKES_BACK),
  may: anyone,
  decide({ db, viewer, now, newId }, { solved: { kind }, email, network }, { id: refId, isRepeated }) {
    if (isRepeated) return { statements: [], events: [], result: { kind } };
    const id = newId('dfl');
    return {
      statements: [
        counted(db, keyOf('thank', viewer.id ?? network), PACE, now),
        db.insert(deflections).values({ id, kind, refId, who: knownAs(viewer, email) ?? `guest:${id}`, userId: viewer.id, createdAt: now }),
        ...deflectionCounted(id),
      ],
      events: [],
      result: { kind },
    };
  },
});
