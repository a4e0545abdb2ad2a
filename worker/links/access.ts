import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { slim } from '../platform/slim.ts';
import { ticketLinks, ticketTrackers } from './schema.ts';
import { atDesk } from '../tickets/access.ts';

/** How tickets have to do with each other is for who may see every ticket. */
export const visibleLinks = (db: Database, viewer: Viewer) => slim(getTableColumns(ticketLinks), (columns) => db.select(columns).from(ticketLinks).where(atDesk(viewer)).as('links'));

/** So is what engineers keep elsewhere of them. */
export const visibleTrackers = (db: Database, viewer: Viewer, alias = 'trackers') => slim(getTableColumns(ticketTrackers), (columns) => db.select(columns).from(ticketTrackers).where(atDesk(viewer)).as(alias));

/** Which ticket follows up which: told to who may see both, so the tickets are to be asked for with their eyes. */
export const followUps = (db: Database) => db.select({ fromId: ticketLinks.fromId, toId: ticketLinks.toId }).from(ticketLinks).where(eq(ticketLinks.kind, 'follow_up')).as('follow_ups');

/** The kinds of links along which nothing comes before itself. */
export type Orderly = 'parent' | 'problem' | 'blocks' | 'duplicate';

/** The ids of the parents of tickets, and of what is part of them: tickets as they are now, but for these themselves. `those` is a list for `in`. Of another `kind` than parents, of whatever comes first in links of it. */
export const parentsOf = (those: SQL, kind: Orderly = 'parent') =>
  sql`select coalesce(above.merged_into, above.id) as id from ticket_links l join tickets above on above.id = l.from_id
    where l.kind = ${sql.raw(`'${kind}'`)} and l.to_id in (select id from tickets where id in ${those} union all select id from tickets where merged_into in ${those}) and coalesce(above.merged_into, above.id) not in ${those}`;

/** The ids of all that is above tickets in links of a kind, the nearest first; of the tickets themselves too where they are above themselves. */
export const ancestorsOf = (those: SQL, kind: Orderly = 'parent') =>
  sql`with recursive up (id) as (${parentsOf(those, kind)} union
    select coalesce(above.merged_into, above.id) from up join ticket_links l on l.kind = ${sql.raw(`'${kind}'`)} and l.to_id in (select up.id union all select id from tickets where merged_into = up.id) join tickets above on above.id = l.from_id) select id from up`;
