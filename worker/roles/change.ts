import { and, eq, ne } from 'drizzle-orm';
import { customRoles, users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { holds } from '../platform/viewer.ts';
import { checked } from './checked.ts';
import { RoleChange } from './input.ts';
import { roleToChange } from './queries.ts';

/** Changes a custom role: for everybody who has it, from their next request on. */
export const changeRole = operation({
  name: 'roles.change',
  input: RoleChange,
  subject: ({ id, name, categories, groups }) => roleToChange(id, name, { categories, groups }),
  may: freshly(permitted('roles.manage')),
  decide({ db, viewer }, { id, ...input }, { revision, taken, categories, groups, ...role }) {
    if (!holds(viewer, role.permissions)) throw new Refusal('forbidden', 'This role holds more than you do. Only who holds all of it can change it.');
    const facts = checked(viewer, input, { taken, categories, groups }, id);
    const changed = Object.entries(facts).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(role[key as keyof typeof role]));
    if (changed.length === 0) return { statements: [], events: [], result: { id } };
    const from = Object.fromEntries(changed.map(([key]) => [key, role[key as keyof typeof role]]));
    return {
      statements: [db.update(customRoles).set(facts).where(eq(customRoles.id, id)), db.update(users).set({ role: facts.base }).where(and(eq(users.roleId, id), ne(users.role, facts.base)))],
      events: [{ type: 'role.changed', subject: id, revision: revision + 1, data: { from, to: Object.fromEntries(changed) } }],
      result: { id },
    };
  },
});
