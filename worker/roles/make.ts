import { operation } from '../platform/operation.ts';
import { customRoles } from '../people/schema.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { NewRole } from './input.ts';
import { roleNamed } from './queries.ts';
import { checked } from './checked.ts';

/** Makes a custom role: a built-in role as base, with permissions of its own choosing, none that the maker does not hold. */
export const makeRole = operation({
  name: 'roles.make',
  input: NewRole,
  subject: ({ name, categories, groups }) => roleNamed(name, categories, groups),
  may: freshly(permitted('roles.manage')),
  decide({ db, viewer, now, newId }, input, found) {
    const id = newId('rol');
    const facts = checked(viewer, input, found);
    return {
      statements: [db.insert(customRoles).values({ id, ...facts, createdAt: now })],
      events: [{ type: 'role.made', subject: id, data: { ...facts } }],
      result: { id },
    };
  },
});
