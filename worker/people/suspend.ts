import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Suspension } from './input.ts';
import { fewerAdmins, mayDecideOn } from './may-decide.ts';
import { personToPromote } from './records.ts';
import { sessions, users } from './schema.ts';

/** Shuts somebody out, ending every session, or lets them in again. Their tokens rest meanwhile. What they wrote stays. */
export const suspendPerson = operation({
  name: 'people.suspend',
  input: Suspension,
  subject: ({ person }) => personToPromote(person, ''),
  may: permitted('people.manage'),
  decide({ db, viewer, now }, { suspended }, person) {
    const { id } = person;
    if (id === viewer.id) throw new Refusal('conflict', 'You cannot suspend yourself.');
    mayDecideOn(viewer, person);
    if ((person.suspendedAt !== null) === suspended) return { statements: [], events: [], result: { id } };
    if (suspended && person.role === 'admin' && !person.hasPeers) throw new Refusal('conflict', 'This is the last admin. Make somebody else one first.');
    return {
      statements: [db.update(users).set({ suspendedAt: suspended ? now : null }).where(eq(users.id, id)), ...(suspended ? [db.delete(sessions).where(eq(sessions.userId, id))] : [])],
      events: [{ type: suspended ? 'person.suspended' : 'person.let_in_again', subject: id, revision: person.revision + 1, data: {} }, ...(suspended && person.role === 'admin' ? [fewerAdmins(person.adminsRevision, id)] : [])],
      result: { id },
    };
  },
});
