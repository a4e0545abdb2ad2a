import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { OneTagGroup } from './input.ts';
import { tagGroupById } from './queries.ts';
import { tagGroups } from './schema.ts';

/** Removes a group of tags. The tags stay. */
export const removeTagGroup = operation({
  name: 'tags.remove-group',
  input: OneTagGroup,
  subject: ({ id }) => tagGroupById(id),
  may: permitted('settings.manage'),
  decide: ({ db }, _, { id, name }) => ({ statements: [db.delete(tagGroups).where(eq(tagGroups.id, id))], events: [{ type: 'tag.group_removed', subject: id, data: { name } }], result: { id } }),
});
