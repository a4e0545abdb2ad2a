import { and, asc, eq, sql } from 'drizzle-orm';
import { revisionOf } from '../platform/outbox.ts';
import { many, one } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can } from '../platform/viewer.ts';
import { visibleStatuses } from './access.ts';

/** Every own status in its order, in use or not. For the desk. */
export const allStatuses = many(
  written(
    () => ({}),
    (db, viewer) => {
      const status = visibleStatuses(db, viewer);
      return db
        .select({ id: status.id, category: status.category, agentEn: status.agentEn, agentEl: status.agentEl, customerEn: status.customerEn, customerEl: status.customerEl, position: status.position, isActive: status.isActive })
        .from(status)
        .orderBy(asc(status.position), asc(status.id))
        .limit(200);
    },
  ),
);

/** What keeping a status is decided on. Always one row. */
export const statusToKeep = one((db, viewer, id: string) => {
  const status = visibleStatuses(db, viewer);
  return db.select({ found: status.id, category: status.category, revision: revisionOf(sql`${id}`).as('revision') }).from(sql`(select 1)`).leftJoin(status, and(eq(status.id, id), can(viewer, 'settings.manage') ? undefined : sql`false`));
});
