import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { type Permission, permissionsOf, type Role } from '../platform/permissions.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { holds, roles } from '../platform/viewer.ts';
import { RoleOfPerson } from './input.ts';
import { fewerAdmins, mayDecideOn } from './may-decide.ts';
import { personToPromote } from './records.ts';
import { users } from './schema.ts';

type Assignable = Exclude<Role, 'visitor'>;

/** Gives somebody a built-in role or a custom one, of which the giver holds every permission. It counts from their next request on. The last admin stays one. */
export const changeRoleOfPerson = operation({
  name: 'people.change-role',
  input: RoleOfPerson,
  subject: ({ person, role }) => personToPromote(person, role),
  may: freshly(permitted('people.manage')),
  decide({ db, viewer }, { role }, person) {
    mayDecideOn(viewer, person);
    const chosen = chosenRole(role, person);
    if (!holds(viewer, chosen.permissions)) throw invalid({ role: 'You cannot give what you do not hold.' });
    const { id } = person;
    const from = { role: person.role, roleId: person.roleId };
    const to = { role: chosen.role, roleId: chosen.roleId };
    if (from.role === to.role && from.roleId === to.roleId) return { statements: [], events: [], result: { id } };
    if (from.role === 'admin' && !person.hasPeers) throw new Refusal('conflict', 'This is the last admin. Make somebody else one first.');
    return {
      statements: [db.update(users).set(to).where(eq(users.id, id))],
      events: [{ type: 'person.changed_role', subject: id, revision: person.revision + 1, data: { from, to } }, ...(from.role === 'admin' ? [fewerAdmins(person.adminsRevision, id)] : [])],
      result: { id },
    };
  },
});

function chosenRole(role: string, { chosenBase, chosenPermissions }: { chosenBase: string | null; chosenPermissions: string | null }): { role: Assignable; roleId: string | null; permissions: readonly Permission[] } {
  const builtIn = roles.find((one) => one === role);
  if (builtIn) return { role: builtIn, roleId: null, permissions: permissionsOf[builtIn] };
  if (!chosenBase || !chosenPermissions) throw invalid({ role: 'Choose a role from the list.' });
  return { role: chosenBase as Assignable, roleId: role, permissions: JSON.parse(chosenPermissions) as Permission[] };
}
