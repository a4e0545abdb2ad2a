import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { rule } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { bulkItems, bulkRuns } from './schema.ts';

const mayChange = (viewer: Viewer) => can(viewer, 'tickets.bulk') && can(viewer, 'tickets.change');

/** Who changes many tickets at once. */
export const bulkChangers = rule<unknown>('people with the permissions tickets.bulk and tickets.change', mayChange);

/** Everybody sees the bulk changes they made themselves. */
export const ownRuns = (db: Database, viewer: Viewer) => db.select().from(bulkRuns).where(mayChange(viewer) ? eq(bulkRuns.actorId, viewer.id ?? '') : sql`false`).as('runs');

/** The items of bulk changes: join them with one of the viewer's own. */
export const itemsOf = (db: Database) => db.select().from(bulkItems).as('items');
