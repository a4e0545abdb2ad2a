import { type Permission, permissionsOf, type Role } from '../platform/permissions.ts';
import { FRESH, can, holds, type Viewer } from '../platform/viewer.ts';

export interface Gift {
  role: Exclude<Role, 'visitor'>;
  roleId: string | null;
  /** Of the custom role, if it is one. */
  permissions: readonly Permission[] | null;
  accountId: string | null;
}

const given = ({ role, permissions }: Gift) => permissions ?? permissionsOf[role];

/** Whether somebody may give this by an invitation: who manages people, what they hold themself; who keeps accounts, customers; account admins, customers of their own account. */
export function mayGive(viewer: Pick<Viewer, 'permissions' | 'scopes' | 'accountId' | 'accountRole'>, gift: Gift): boolean {
  const who = viewer as Viewer;
  if (can(who, 'people.manage')) return holds(who, given(gift));
  if (gift.role !== 'customer' || gift.roleId !== null) return false;
  return can(who, 'accounts.change') || (gift.accountId !== null && viewer.accountRole === 'admin' && viewer.accountId === gift.accountId);
}

/** Whether giving this asks for a fresh proof of who gives it: rights beyond a customer's do. */
export const asksForProof = (viewer: Viewer, gift: Gift, now: Date) => given(gift).length > 0 && now.getTime() - viewer.provedAt > FRESH;
