import { eq, sql } from 'drizzle-orm';
import { revisionOf } from '../platform/outbox.ts';
import { maybe, one } from '../platform/query.ts';
import { keptRights, visibleTrust } from './access.ts';

/** How far somebody is trusted, and what they did for it; none where the viewer may not know. */
export const trustOf = maybe((db, viewer, handle: string) => {
  const trusted = visibleTrust(db, viewer);
  return db.select().from(trusted).where(eq(trusted.handle, handle)).limit(1);
});

/** The same, as a level is given by hand on it. */
export const trustToSet = one((db, viewer, handle: string) => {
  const trusted = visibleTrust(db, viewer);
  return db.select({ id: trusted.id, level: trusted.level, isLocked: trusted.isLocked, revision: revisionOf(sql`'trust of ' || ${trusted.id}`).as('revision') }).from(trusted).where(eq(trusted.handle, handle)).limit(1);
});

/** The levels that rights ask for here, for who keeps the settings. Always one row. */
export const rightsKept = one((db, viewer) => keptRights(db, viewer));
