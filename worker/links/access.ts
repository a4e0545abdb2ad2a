import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { ticketLinks, ticketTrackers } from './schema.ts';
import { slim } from '../platform/slim.ts';

const atDesk = (viewer: Viewer) => (can(viewer, 'tickets.see') ? undefined : sql`false`);

/** How tickets have to do with each other is for who may see every ticket. */
export const visibleLinks = (db: Database, viewer: Viewer) => slim(getTableColumns(ticketLinks), (columns) => db.select(columns).from(ticketLinks).where(atDesk(viewer)).as('links'));

/** So is what engineers keep elsewhere of them. */
export const visibleTrackers = (db: Database, viewer: Viewer, alias = 'trackers') => slim(getTableColumns(ticketTrackers), (columns) => db.select(columns).from(ticketTrackers).where(atDesk(viewer)).as(alias));

/** Which ticket follows up which: told to who may see both, so the tickets are to be asked for with their eyes. */
export const followUps = (db: Database) => db.select({ fromId: ticketLinks.fromId, toId: ticketLinks.toId }).from(ticketLinks).where(eq(ticketLinks.kind, 'follow_up')).as('follow_ups');
