import { and, inArray } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { Dropping } from './input.ts';
import { keptAttachments } from './queries.ts';
import { attachments, isLoose } from './schema.ts';

/** Gives up files that are attached to nothing: they are gone at once, their bytes with the next sweep. */
export const dropFiles = operation({
  name: 'attachments.drop',
  input: Dropping,
  subject: ({ ids }) => keptAttachments(ids),
  may: anyone,
  decide: ({ db, now }, _input, there) => ({
    statements: there.length > 0 ? [db.update(attachments).set({ attachedAt: now, ownerId: null, name: 'gone' }).where(and(inArray(attachments.id, there.map(({ id }) => id)), isLoose))] : [],
    events: [],
    result: { dropped: there.length },
  }),
});
