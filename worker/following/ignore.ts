import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { isStaff } from '../platform/viewer.ts';
import { Ignoring } from './input.ts';
import { personToIgnore } from './queries.ts';
import { ignored } from './schema.ts';

/** Hears no longer of what somebody does, or also folds what they write; or takes it back. They are not told. Those who work here are heard. */
export const ignorePerson = operation({
  name: 'following.ignore',
  input: Ignoring,
  subject: ({ person }) => personToIgnore(person),
  may: signedIn,
  decide({ db, viewer, now }, { level }, person) {
    const userId = viewer.id!;
    if (person.id === userId) throw new Refusal('conflict', 'You cannot do this to yourself.');
    if (level !== 'normal' && isStaff(person)) throw new Refusal('conflict', 'Those who work here cannot be ignored.');
    const statement =
      level === 'normal'
        ? db.delete(ignored).where(and(eq(ignored.userId, userId), eq(ignored.personId, person.id)))
        : db.insert(ignored).values({ userId, personId: person.id, level, createdAt: now }).onConflictDoUpdate({ target: [ignored.userId, ignored.personId], set: { level } });
    return { statements: [statement], events: [{ type: 'ignored.changed', subject: `ignored by ${userId}`, data: { person: person.id, level } }], result: { level } };
  },
});
