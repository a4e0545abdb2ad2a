import { getTableColumns, sql } from 'drizzle-orm';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { inScope } from '../tickets/access.ts';
import { feedback } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** For who sees tickets of some groups only: nothing that was said in another. */
const saidInScope = (viewer: Viewer) => viewer.scopes.groups && sql`(${feedback.source} not in ('ticket', 'message') or exists (select 1 from tickets where tickets.number = ${feedback.number} and ${inScope(viewer, sql`tickets.group_id`)}))`;

/** What customers said, gathered, is for who may see it. `turn` puts what was said at one moment in an order. */
export const visibleFeedback = (db: Database, viewer: Viewer) =>
  slim(
    { ...getTableColumns(feedback), turn: sql<number>`feedback.rowid`.as('turn') },
    (columns) => db.select(columns).from(feedback).where(can(viewer, 'feedback.see') ? saidInScope(viewer) : sql`0`).as('feedback'),
  );

/** The accounts behind what was said, for the same people. */
export const companiesOf = (db: Database, viewer: Viewer) =>
  db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(can(viewer, 'feedback.see') ? undefined : sql`0`)
    .as('companies');
