import { and, eq, isNull } from 'drizzle-orm';
import { statementsOfReasons } from '../moderation/schema.ts';
import { logged, stated } from '../moderation/stating.ts';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Suspension } from './input.ts';
import { fewerAdmins, mayDecideOn } from './may-decide.ts';
import { personToPromote } from './records.ts';
import { sanctions } from '../sanctions/schema.ts';
import { isSuspended, sessions, users } from './schema.ts';

/** Shuts somebody out, ending every session, or lets them in again. Their tokens rest meanwhile. What they wrote stays. */
export const suspendPerson = operation({
  name: 'people.suspend',
  input: Suspension,
  subject: ({ person }) => personToPromote(person, ''),
  may: permitted('people.manage'),
  decide(setting, { suspended }, person) {
    const { viewer } = setting;
    const { id } = person;
    if (id === viewer.id) throw new Refusal('conflict', 'You cannot suspend yourself.');
    mayDecideOn(viewer, person);
    if (isSuspended(person, setting.now.getTime()) === suspended) return { statements: [], events: [], result: { id } };
    if (suspended && person.role === 'admin' && !person.hasPeers) throw new Refusal('conflict', 'This is the last admin. Make somebody else one first.');
    return {
      statements: suspended ? shutOut(setting, id) : letInAgain(setting, id),
      events: [{ type: suspended ? 'person.suspended' : 'person.let_in_again', subject: id, revision: person.revision + 1, data: {} }, ...(suspended && person.role === 'admin' ? [fewerAdmins(person.adminsRevision, id)] : [])],
      result: { id },
    };
  },
});

/** For good, without a reason but that it was decided: they are told, and may appeal. */
function shutOut(setting: Setting, id: string): Writing[] {
  const { db, viewer, now, newId } = setting;
  const sanctionId = newId('san');
  return [
    db.update(users).set({ suspendedAt: now, suspendedUntil: null }).where(eq(users.id, id)),
    db.delete(sessions).where(eq(sessions.userId, id)),
    db.insert(sanctions).values({ id: sanctionId, userId: id, kind: 'suspension', code: 'other', byId: viewer.id, createdAt: now }),
    stated(setting, { userId: id, action: 'suspended', kinds: ['other'], sanctionId, mail: 'due' }),
    logged(setting, { action: 'suspended', rule: 'other' }),
  ];
}

function letInAgain(setting: Setting, id: string): Writing[] {
  const { db, viewer, now } = setting;
  return [
    db.update(users).set({ suspendedAt: null, suspendedUntil: null }).where(eq(users.id, id)),
    db.update(sanctions).set({ liftedAt: now, liftedBy: viewer.id }).where(and(eq(sanctions.userId, id), eq(sanctions.kind, 'suspension'), isNull(sanctions.liftedAt))),
    db.update(statementsOfReasons).set({ withdrawnAt: now }).where(and(eq(statementsOfReasons.userId, id), eq(statementsOfReasons.action, 'suspended'), isNull(statementsOfReasons.withdrawnAt))),
    logged(setting, { action: 'lifted', rule: 'other' }),
  ];
}
