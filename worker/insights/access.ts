import { sql } from 'drizzle-orm';
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
