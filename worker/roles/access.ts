import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { customRoles } from '../people/schema.ts';
import { can, type Viewer } from '../platform/viewer.ts';

/** Who may see people may see the roles that there are. */
export const visibleRoles = (db: Database, viewer: Viewer) =>
  db
    .select({ id: customRoles.id, name: customRoles.name, base: customRoles.base, permissions: customRoles.permissions, scopes: customRoles.scopes, createdAt: customRoles.createdAt })
    .from(customRoles)
    .where(can(viewer, 'people.see') || can(viewer, 'roles.manage') ? undefined : sql`0`)
    .as('roles');
