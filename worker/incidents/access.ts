import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { tickets } from '../tickets/schema.ts';
import { incidents } from './schema.ts';

/** The words of incidents are for everybody while their ticket is open; nothing else of the ticket is. */
export const openIncidents = (db: Database) =>
  db.select({ id: incidents.id, wordsEn: incidents.wordsEn, wordsEl: incidents.wordsEl, shownAt: incidents.shownAt }).from(incidents).innerJoin(tickets, eq(tickets.id, incidents.ticketId)).where(sql`+${tickets.isOpen} = 1`).as('open_incidents');

/** For the desk: every incident, of which ticket, and how many want to hear of it. */
export const visibleIncidents = (db: Database, viewer: Viewer) =>
  db
    .select({ id: incidents.id, ticketId: incidents.ticketId, wordsEn: incidents.wordsEn, wordsEl: incidents.wordsEl, shownAt: incidents.shownAt, followers: sql<number>`(select count(*) from incident_followers f where f.incident_id = ${incidents.id})`.as('followers') })
    .from(incidents)
    .where(can(viewer, 'tickets.see') ? undefined : sql`false`)
    .as('incidents');
