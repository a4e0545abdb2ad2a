import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { OneGroup } from './input.ts';
import { groupToRemove } from './queries.ts';
import { groups } from './schema.ts';

/** Removes a group. Its tickets stay with who holds them, in no group. Refused while a role is confined to it: its people would see everything, or nothing. */
export const removeGroup = operation({
  name: 'groups.remove',
  input: OneGroup,
  subject: ({ id }) => groupToRemove(id),
  may: permitted('settings.manage'),
  decide({ db }, _, { id, name, isScope }) {
    if (isScope) throw new Refusal('conflict', 'A role is confined to this group. Change the role first.');
    return { statements: [db.delete(groups).where(eq(groups.id, id))], events: [{ type: 'group.removed', subject: id, data: { name } }], result: { id } };
  },
});
