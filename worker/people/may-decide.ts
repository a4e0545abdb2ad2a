import { type Permission, permissionsOf, type Role } from '../platform/permissions.ts';
import { Refusal } from '../platform/refusal.ts';
import { holds, type Viewer } from '../platform/viewer.ts';

interface Decided {
  role: Role;
  /** Of their custom role, if they have one. */
  permissions: readonly Permission[] | null;
  anonymisedAt: Date | null;
}

/** Refuses to decide about somebody who holds more than the viewer does, and about somebody who is gone. */
export function mayDecideOn(viewer: Viewer, { role, permissions, anonymisedAt }: Decided) {
  if (anonymisedAt) throw new Refusal('conflict', 'This person is gone. Nothing of them can be changed.');
  if (!holds(viewer, permissions ?? permissionsOf[role])) throw new Refusal('forbidden', 'This person may do more than you. Only somebody who may as much can change this.');
}

/** What keeps two admins from taking the role from one another in the same moment: both would make the same revision. */
export const fewerAdmins = (revision: number, person: string) => ({ type: 'admins.fewer' as const, subject: 'admins', revision: revision + 1, data: { person } });
