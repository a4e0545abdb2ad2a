import { eq } from 'drizzle-orm';
import { customRoles } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { OneRole } from './input.ts';
import { roleById } from './queries.ts';

/** Removes a custom role that nobody has. Open invitations to it go with it. */
export const removeRole = operation({
  name: 'roles.remove',
  input: OneRole,
  subject: ({ id }) => roleById(id),
  may: freshly(permitted('roles.manage')),
  decide({ db }, { id }, { name, isUsed, revision }) {
    if (isUsed) throw new Refusal('conflict', 'Some people have this role. Give them another first.');
    return {
      statements: [db.delete(customRoles).where(eq(customRoles.id, id))],
      events: [{ type: 'role.removed', subject: id, revision: revision + 1, data: { name } }],
      result: { id },
    };
  },
});
