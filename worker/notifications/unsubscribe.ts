import { eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { keyFor, matches } from '../platform/signature.ts';
import { Unsubscription } from './input.ts';

/** Stops the mail of whoever holds the signed link of a letter. Done twice, it changes nothing more. */
export const unsubscribe = operation({
  name: 'notifications.unsubscribe',
  input: Unsubscription,
  may: anyone,
  decide({ db, secret }, { person, key }) {
    if (!matches(keyFor(secret, 'unsubscribe', person), key)) throw new Refusal('invalid', 'This link is not whole. Copy it again from the mail.');
    return {
      statements: [db.update(users).set({ mailLevel: 'none' }).where(eq(users.id, person))],
      events: [{ type: 'person.changed_mail', subject: person, data: { level: 'none' } }],
      result: {},
    };
  },
});
