import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { Waiting } from './input.ts';
import { hashOfWait } from './link.ts';
import { guestWaits } from './schema.ts';

/** Forgets the address of whoever holds the link of a letter. Done twice, or after it was fixed, it changes nothing more. */
export const stopWait = operation({
  name: 'incidents.stop-wait',
  input: Waiting,
  may: anyone,
  decide: ({ db }, { key }) => ({ statements: [db.delete(guestWaits).where(eq(guestWaits.keyHash, hashOfWait(key)))], events: [], result: {} }),
});
