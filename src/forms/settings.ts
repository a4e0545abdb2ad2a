import { notFound } from '../../worker/platform/refusal.ts';
import { can, type Viewer } from '../../worker/platform/viewer.ts';
import { requirePerson } from './desk.ts';

/** Lets those pass who keep the settings of the workspace. Visitors are sent to sign in; for everyone else these pages do not exist. */
export function requireKeeper(viewer: Viewer): void {
  requirePerson(viewer);
  if (!can(viewer, 'settings.manage')) throw notFound();
}
