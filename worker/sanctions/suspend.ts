import { eq } from 'drizzle-orm';
import { sessions } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { endOf, imposed } from './imposing.ts';
import { Sanctioning } from './input.ts';
import { personToSanction } from './queries.ts';

/** Shuts somebody out for some days or for good: every session ends, and their tokens rest. What they wrote stays. */
export const suspendPerson = operation({
  name: 'sanctions.suspend',
  input: Sanctioning,
  subject: ({ person }) => personToSanction(person),
  may: permitted('people.suspend'),
  decide(setting, { days, ...said }, person) {
    const { db, now } = setting;
    if (person.suspendedAt !== null && (person.suspendedUntil ?? Number.POSITIVE_INFINITY) > now.getTime()) throw new Refusal('conflict', 'This person is suspended already. Lift that first.');
    if (person.role === 'admin') throw new Refusal('conflict', 'Take the role of admin from them first.');
    const change = imposed(setting, person, { ...said, kind: 'suspension', until: endOf(days, now) });
    return { ...change, statements: [...change.statements, db.delete(sessions).where(eq(sessions.userId, person.id))] };
  },
});
