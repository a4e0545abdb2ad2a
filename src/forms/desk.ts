import { notFound, Refusal } from '../../worker/platform/refusal.ts';
import { FRESH, isStaff, type Viewer } from '../../worker/platform/viewer.ts';

/** Lets staff pass. Visitors are sent to sign in, staff without the second factor that they need to set one up; for everyone else the desk does not exist. */
export function requireStaff(viewer: Viewer): void {
  requirePerson(viewer);
  if (viewer.unprotected) throw new Refusal('unprotected', 'Set up a second factor first.');
  if (!isStaff(viewer)) throw notFound();
}

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
