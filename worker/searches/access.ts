import { getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { slim } from '../platform/slim.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { searchDays, searchQueries } from './schema.ts';

export { KEPT_DAYS } from './schema.ts';

const forWhom = (viewer: Viewer) => (can(viewer, 'feedback.see') ? undefined : sql`0`);

/** What people search for is for who sees what customers said. */
export const visibleSearches = (db: Database, viewer: Viewer) => slim(getTableColumns(searchQueries), (columns) => db.select(columns).from(searchQueries).where(forWhom(viewer)).as('searches'));

/** The same by day. */
export const visibleDays = (db: Database, viewer: Viewer) => slim(getTableColumns(searchDays), (columns) => db.select(columns).from(searchDays).where(forWhom(viewer)).as('days'));
