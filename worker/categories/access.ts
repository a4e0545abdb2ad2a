import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { categories } from '../forum/schema.ts';
import { can, type Viewer } from '../platform/viewer.ts';

/** Categories with who is let in, for who keeps the settings. */
export const keptCategories = (db: Database, viewer: Viewer) =>
  db
    .select()
    .from(categories)
    .where(can(viewer, 'settings.manage') ? undefined : sql`0`)
    .as('kept');
