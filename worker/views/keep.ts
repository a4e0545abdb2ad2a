import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { operation } from '../platform/operation.ts';
import { invalid, notFound, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { NewView } from './input.ts';
import { viewToKeep } from './queries.ts';
import { views } from './schema.ts';

/** Views that somebody can have of their own. */
const MOST = 40;

/** Saves a view, new or by its id. Everybody at the desk has views of their own; those of a group and of everybody are for who keeps the settings. */
export const keepView = operation({
  name: 'views.keep',
  input: NewView,
  subject: ({ id, group }) => viewToKeep(id ?? '', group),
  may: permitted('tickets.see'),
  decide({ db, viewer, now, newId }, { id: wanted, scope, group, ...view }, { found, owner, own, groupFound, revision }) {
    if (wanted !== undefined && found === null) throw notFound();
    if (found !== null && owner === null) requireKeeper(viewer);
    if (scope === 'group' && groupFound === null) throw invalid({ group: 'Choose a group from the list.' });
    if (found === null && scope === 'personal' && own >= MOST) throw new Refusal('conflict', 'You have forty views. Remove one first.');
    const id = wanted ?? newId('vew');
    const kept = { ...view, ...whose(viewer, scope, group) };
    return {
      statements: [found === null ? db.insert(views).values({ id, ...kept, createdAt: now }) : db.update(views).set(kept).where(eq(views.id, id))],
      events: [{ type: found === null ? 'view.made' : 'view.changed', subject: id, revision: revision + 1, data: kept }],
      result: { id },
    };
  },
});

function requireKeeper(viewer: Viewer) {
  if (!can(viewer, 'settings.manage')) throw new Refusal('forbidden', 'This view is not yours alone. Who keeps the settings changes it; save one of your own instead.');
}

function whose(viewer: Viewer, scope: z.infer<typeof NewView>['scope'], group: string) {
  if (scope === 'personal') return { ownerId: viewer.id, groupId: null };
  if (!can(viewer, 'settings.manage')) throw invalid({ scope: 'Only who keeps the settings saves views for others.' });
  return { ownerId: null, groupId: scope === 'group' ? group : null };
}
