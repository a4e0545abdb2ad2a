import { sql } from 'drizzle-orm';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { feedback } from './schema.ts';

/** What customers said, gathered, is for who may see it. */
export const visibleFeedback = (db: Database, viewer: Viewer) =>
  db
    .select()
    .from(feedback)
    .where(can(viewer, 'feedback.see') ? undefined : sql`0`)
    .as('feedback');

/** The accounts behind what was said, for the same people. */
export const companiesOf = (db: Database, viewer: Viewer) =>
  db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(can(viewer, 'feedback.see') ? undefined : sql`0`)
    .as('companies');
