import { getTableColumns } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Viewer } from '../platform/viewer.ts';
import { ticketMessages, tickets } from '../tickets/schema.ts';
import { mergedMessages, ticketMerges } from './schema.ts';
import { slim } from '../platform/slim.ts';
import { atDesk } from '../tickets/access.ts';

/** Which ticket is part of which, for who may see every ticket. */
export const visibleMerges = (db: Database, viewer: Viewer) => slim(getTableColumns(ticketMerges), (columns) => db.select(columns).from(ticketMerges).where(atDesk(viewer)).as('merges'));

/** Every ticket, those that are part of another among them, for the same people. */
export const everyTicket = <Alias extends string>(db: Database, viewer: Viewer, alias: Alias) => slim(getTableColumns(tickets), (columns) => db.select(columns).from(tickets).where(atDesk(viewer)).as(alias));

/** Every message, for the same people. */
export const everyMessage = (db: Database, viewer: Viewer) => slim(getTableColumns(ticketMessages), (columns) => db.select(columns).from(ticketMessages).where(atDesk(viewer)).as('messages'));

/** What merges moved, for the same people. */
export const moved = (db: Database, viewer: Viewer) => slim(getTableColumns(mergedMessages), (columns) => db.select(columns).from(mergedMessages).where(atDesk(viewer)).as('moved'));
