import { eq } from 'drizzle-orm';
import { sessions } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { whileLooking } from '../platform/rules.ts';
import { hashOf } from '../platform/signature.ts';
import { looking } from './access.ts';
import { EndOfLook } from './input.ts';
import { lookGoingOn } from './queries.ts';
import { looks } from './schema.ts';

/** Gives staff their own eyes back. `handle` is whose they had; null when nothing went on any more. */
export const stopLook = operation({
  name: 'looks.stop',
  input: EndOfLook,
  subject: ({ session }) => lookGoingOn(session),
  may: whileLooking(looking),
  decide({ db, now }, { session }, look) {
    return {
      statements: [db.update(sessions).set({ viewingAs: null, viewingUntil: null }).where(eq(sessions.id, hashOf(session))), ...(look ? [db.update(looks).set({ endedAt: now }).where(eq(looks.id, look.id))] : [])],
      events: look ? [{ type: 'person.look_ended', subject: look.customerId, data: {} }] : [],
      result: { handle: look?.handle ?? null },
    };
  },
});
