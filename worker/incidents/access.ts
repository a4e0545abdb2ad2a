import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { tickets } from '../tickets/schema.ts';
import { guestWaits, incidents } from './schema.ts';

/**
 * The words of incidents are for everybody while their ticket is open, or the one that it is part of; nothing else of the ticket is. Of a ticket that is part
 * of another with words of its own, those are said.
 */
export const openIncidents = (db: Database) => {
  const whole = alias(tickets, 'whole');
  return db
    .select({ id: incidents.id, wordsEn: incidents.wordsEn, wordsEl: incidents.wordsEl, shownAt: incidents.shownAt })
    .from(incidents)
    .innerJoin(tickets, eq(tickets.id, incidents.ticketId))
    .leftJoin(whole, eq(whole.id, tickets.mergedInto))
    .where(and(sql`coalesce(${whole.isOpen}, ${tickets.isOpen}) = 1`, sql`not exists (select 1 from incidents own where own.ticket_id = ${tickets.mergedInto})`))
    .as('open_incidents');
};

/** For the desk: every incident, and of which ticket. */
export const visibleIncidents = (db: Database, viewer: Viewer) =>
  db
    .select({ id: incidents.id, ticketId: incidents.ticketId, wordsEn: incidents.wordsEn, wordsEl: incidents.wordsEl, shownAt: incidents.shownAt })
    .from(incidents)
    .where(can(viewer, 'tickets.see') ? undefined : sql`false`)
    .as('incidents');

/** How many want to hear of what these tickets, a list for `in`, are told to customers as. */
export const followersOf = (ids: ReturnType<typeof sql>) =>
  sql<number>`(select count(distinct f.user_id) from incidents o cross join incident_followers f on f.incident_id = o.id where o.ticket_id in ${ids}) + (select count(*) from incidents o cross join guest_waits g on g.ref_id = o.id where o.ticket_id in ${ids} and g.confirmed_at is not null)`;

/** For who holds its link: what a guest waits for. */
export const heldWaits = (db: Database) => db.select().from(guestWaits).as('waits');
