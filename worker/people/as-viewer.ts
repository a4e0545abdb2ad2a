import type { alias } from 'drizzle-orm/sqlite-core';
import { type Permission, permissionsOf, type Scopes } from '../platform/permissions.ts';
import { isStaff, partsOf, type Viewer, visitor } from '../platform/viewer.ts';
import type { users } from './schema.ts';

/** What of a person makes a viewer. */
export const facts = (person: typeof users | ReturnType<typeof alias<typeof users, 'seen'>>) => ({
  id: person.id, role: person.role, name: person.name, handle: person.handle, accountId: person.accountId, accountRole: person.accountRole, locale: person.locale, timeZone: person.timeZone,
  unseen: person.unseen, parts: person.parts, fileBytes: person.fileBytes, silencedUntil: person.silencedUntil, secondFactorAt: person.secondFactorAt, suspendedAt: person.suspendedAt, suspendedUntil: person.suspendedUntil,
});
export type Facts = Pick<typeof users.$inferSelect, keyof ReturnType<typeof facts>>;

/** What of a person's custom role makes a viewer: its permissions and scopes, if they have one. */
interface Custom {
  permissions: readonly Permission[] | null;
  scopes: Scopes | null;
}

/** A person as a viewer. Staff who need a second factor and have none are customers until then. */
export function viewerOf(user: Facts, timeZone: string, custom: Custom = { permissions: null, scopes: null }, needed = false): Viewer {
  const unprotected = needed && isStaff(user) && user.secondFactorAt === null;
  const viewer = asViewer(user, timeZone, custom);
  return unprotected ? { ...viewer, role: 'customer', permissions: [], scopes: {}, unprotected } : viewer;
}

const asViewer = (user: Facts, timeZone: string, { permissions, scopes }: Custom): Viewer => ({
  ...visitor,
  permissions: permissions ?? permissionsOf[user.role],
  scopes: scopes ?? {},
  id: user.id,
  role: user.role,
  name: user.name,
  handle: user.handle,
  accountId: user.accountId,
  accountRole: user.accountRole,
  locale: user.locale,
  timeZone: user.timeZone ?? timeZone,
  unseen: user.unseen,
  parts: partsOf(user),
  silencedUntil: user.silencedUntil?.getTime() ?? 0,
});
