import { eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import type { Sql } from '../platform/gate.ts';
import { operation, type Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { isStaff } from '../platform/viewer.ts';
import { themselfOrEraser } from './access.ts';
import { Erasing } from './input.ts';
import { wholePerson } from './queries.ts';
import { erasures } from './schema.ts';
import { atOnce, erasingStep } from './traces.ts';

const NAME = { en: 'Former member', el: 'Πρώην μέλος' };

const spoken = ({ sql, args }: Sql): Writing => ({ toSQL: () => ({ sql, params: args }) });

/**
 * Makes a person nobody: ways in, tickets, answers to surveys and mail go, and what they wrote in public stays under a neutral name or goes too. All of
 * a person of usual size goes in this one commit; a job goes on where there is more. `certificate` names what was done, and nobody. Of who was erased before it is theirs.
 */
export const erasePerson = operation({
  name: 'privacy.erase',
  input: Erasing,
  subject: ({ handle }) => wholePerson(handle),
  may: themselfOrEraser,
  decide({ db, viewer, now, newId }, { email, words }, person) {
    const self = viewer.id === person.id;
    if (person.certificate) return { statements: [], events: [], result: { certificate: person.certificate, self } };
    if (isStaff(person)) throw new Refusal('conflict', 'Who works here is erased only after their role was taken away.');
    if (email !== person.email) throw invalid({ email: 'This is not the address of this account.' });
    const certificate = newId('era');
    const neutral = certificate.slice(-12);
    const askedBy = self ? 'self' : 'staff';
    const nobody = {
      email: `former-${neutral}@erased.invalid`, name: NAME[person.locale], handle: `former-${neutral}`, role: 'customer', roleId: null, accountId: null, accountRole: 'member', timeZone: null, passwordHash: null, secondFactorAt: null,
      verifiedAt: null, suspendedAt: now, suspendedUntil: null, silencedUntil: null, anonymisedAt: now, importId: null,
    } as const;
    return {
      statements: [
        db.update(users).set(nobody).where(eq(users.id, person.id)),
        db.insert(erasures).values({ id: certificate, userId: person.id, words, askedBy, at: now }),
        ...[...atOnce(person.id, person.email), ...erasingStep(person.id, words, now)].map(spoken),
      ],
      events: [{ type: 'person.erased', subject: person.id, revision: person.revision + 1, data: { words, askedBy, certificate } }],
      result: { certificate, self },
    };
  },
});
