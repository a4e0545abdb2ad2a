import { eq } from 'drizzle-orm';
import { guestOf, deflectionCounted, deflections } from '../deflections/schema.ts';
import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { Waiting } from './input.ts';
import { waitByKey } from './queries.ts';
import { guestWaits } from './schema.ts';

/** Whoever reads the mail of the address says that they mean it. Done twice it changes nothing more. It counts as a ticket spared, until they open one within a day. */
export const confirmWait = operation({
  name: 'incidents.confirm-wait',
  input: Waiting,
  subject: ({ key }) => waitByKey(key),
  may: anyone,
  decide({ db, now, newId }, _input, { keyHash, kind, refId, address, confirmedAt }) {
    if (confirmedAt) return { statements: [], events: [], result: { kind } };
    const id = newId('dfl');
    return {
      statements: [
        db.update(guestWaits).set({ confirmedAt: now }).where(eq(guestWaits.keyHash, keyHash)),
        db.insert(deflections).values({ id, kind, refId, who: guestOf(address), userId: null, createdAt: now }),
        ...deflectionCounted(id),
      ],
      events: [],
      result: { kind },
    };
  },
});
