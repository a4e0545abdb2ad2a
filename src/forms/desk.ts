import { readsMail } from '../../worker/mail/access.ts';
import { notFound, Refusal } from '../../worker/platform/refusal.ts';
import { isStaff, type Viewer } from '../../worker/platform/viewer.ts';

/** Lets staff pass. Visitors are sent to sign in; for everyone else the desk does not exist. */
export function requireStaff(viewer: Viewer): void {
  requirePerson(viewer);
  if (!isStaff(viewer)) throw notFound();
}

/** Sends visitors to sign in. */
export function requirePerson(viewer: Viewer): void {
  if (viewer.id === null) throw new Refusal('signed_out', 'Sign in first.');
}

/** Lets those pass who may read the workspace's letters. For everyone else there are none. */
export function requireMailReader(viewer: Viewer): void {
  requirePerson(viewer);
  if (!readsMail(viewer)) throw notFound();
}
