import { sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { deflectionCounts, guestOf } from './schema.ts';

/** For the desk: how often reading spared a ticket. */
export const visibleCounts = (db: Database, viewer: Viewer) => db.select().from(deflectionCounts).where(can(viewer, 'tickets.see') ? undefined : sql`false`).as('counts');

/** What somebody is known by here: themselves, or, not signed in, the address that they gave; nothing without one. */
export const knownAs = (viewer: Viewer, email: string | undefined) => viewer.id ?? (email === undefined ? undefined : guestOf(email));

/** For deciding only: whether this one already said within a day that this solved it. */
export const saidLately = (viewer: Viewer, email: string | undefined, kind: string, id: SQLWrapper, since: number) => sql<boolean>`${sql`exists (select 1 from deflections where who = ${knownAs(viewer, email) ?? ''} and created_at > ${since} and kind = ${kind} and ref_id = ${id})`}`.mapWith(Boolean);
