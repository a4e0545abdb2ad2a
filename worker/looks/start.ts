import { and, eq } from 'drizzle-orm';
import { sessions } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { hashOf } from '../platform/signature.ts';
import { MINUTE } from '../platform/time.ts';
import { NewLook } from './input.ts';
import { customerToLookAs } from './queries.ts';
import { looks } from './schema.ts';

/** Milliseconds that a look lasts at most. */
const LONGEST_LOOK = 30 * MINUTE;

/** From the next request on this session sees what a customer sees, and changes nothing: for half an hour, or until it is stopped. The customer can read who, when and why. */
export const startLook = operation({
  name: 'looks.start',
  input: NewLook,
  subject: ({ handle }) => customerToLookAs(handle),
  may: permitted('people.view-as'),
  decide({ db, viewer, now, newId }, { reason, session }, customer) {
    const [id, until, hash] = [newId('look'), new Date(now.getTime() + LONGEST_LOOK), hashOf(session)];
    return {
      statements: [
        db.insert(looks).values({ id, session: hash, staffId: viewer.id!, customerId: customer.id, reason, startedAt: now, until }),
        db.update(sessions).set({ viewingAs: customer.id, viewingUntil: until }).where(and(eq(sessions.id, hash), eq(sessions.userId, viewer.id!))),
      ],
      events: [{ type: 'person.looked_as', subject: customer.id, data: { reason, until: until.toISOString() } }],
      result: { id },
    };
  },
});
