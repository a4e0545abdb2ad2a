import { readsMail } from '../../worker/mail/access.ts';
import { notFound, Refusal } from '../../worker/platform/refusal.ts';
import type { Permission } from '../../worker/platform/permissions.ts';
import { can, FRESH, type Viewer } from '../../worker/platform/viewer.ts';

/** Lets those pass who have a permission. Visitors are sent to sign in, staff without the second factor that they need to set one up; for everyone else the page does not exist. */
export function requirePermission(viewer: Viewer, permission: Permission): void {
  requirePerson(viewer);
  if (viewer.unprotected) throw new Refusal('unprotected', 'Set up a second factor first.');
  if (!can(viewer, permission)) throw notFound();
}

/** Where the desk begins for them: the first part of it that they may use; undefined when they may use none. */
export function deskOf(viewer: Viewer): string | undefined {
  const ways = [['/csm', viewer.role === 'csm' && can(viewer, 'accounts.see')], ['/agent', can(viewer, 'tickets.see')], ['/csm', can(viewer, 'accounts.see')], ['/admin', administers(viewer)]] as const;
  return ways.find(([, may]) => may)?.[0];
}

/** Whether any page of the admin section is for them. */
export const administers = (viewer: Viewer) => (['people.see', 'roles.manage', 'settings.manage', 'audit.see'] as const).some((one) => can(viewer, one));

/** Sends visitors to sign in. */
export function requirePerson(viewer: Viewer): void {
  if (viewer.id === null) throw new Refusal('signed_out', 'Sign in first.');
}

/** Sends visitors to sign in, and who proved who they are too long ago to do it again, before they begin what asks for it. */
export function requireFresh(viewer: Viewer): void {
  requirePerson(viewer);
  if (!isFresh(viewer)) throw new Refusal('stale', 'Prove that it is you, then do it again.');
}

export const isFresh = (viewer: Viewer) => Date.now() - viewer.provedAt <= FRESH;
/** Lets those pass who may read the workspace's letters. For everyone else there are none. */
export function requireMailReader(viewer: Viewer): void {
  requirePerson(viewer);
  if (!readsMail(viewer)) throw notFound();
}
