import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { notFound, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { can } from '../platform/viewer.ts';
import { OneView } from './input.ts';
import { viewToKeep } from './queries.ts';
import { views } from './schema.ts';

/** Removes a view: one's own, or, for who keeps the settings, one of others. The tickets in it stay as they are. */
export const removeView = operation({
  name: 'views.remove',
  input: OneView,
  subject: ({ id }) => viewToKeep(id, ''),
  may: permitted('tickets.see'),
  decide({ db, viewer }, { id }, { found, owner, revision }) {
    if (found === null) throw notFound();
    if (owner === null && !can(viewer, 'settings.manage')) throw new Refusal('forbidden', 'This view is not yours alone. Who keeps the settings changes it; save one of your own instead.');
    return { statements: [db.delete(views).where(eq(views.id, id))], events: [{ type: 'view.removed', subject: id, revision: revision + 1, data: {} }], result: { id } };
  },
});
