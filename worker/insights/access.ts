import { sql } from 'drizzle-orm';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { isStaff, type Viewer } from '../platform/viewer.ts';
import { feedback } from './schema.ts';

/** What customers said, gathered, is for staff. */
export const visibleFeedback = (db: Database, viewer: Viewer) =>
  db
    .select()
    .from(feedback)
    .where(isStaff(viewer) ? undefined : sql`0`)
    .as('feedback');

/** The accounts behind what was said, for staff. */
export const companiesOf = (db: Database, viewer: Viewer) =>
  db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(isStaff(viewer) ? undefined : sql`0`)
    .as('companies');
