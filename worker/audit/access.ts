import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { tokens } from '../people/schema.ts';
import { outbox } from '../platform/schema.ts';
import { can, type Viewer } from '../platform/viewer.ts';

/** The whole log, for those who may see it. */
export const visibleLog = (db: Database, viewer: Viewer) => db.select().from(outbox).where(can(viewer, 'audit.see') ? undefined : sql`false`).as('log');

/** What tokens are called, for those who may see the log. */
export const tokenNames = (db: Database, viewer: Viewer) => db.select({ id: tokens.id, name: tokens.name }).from(tokens).where(can(viewer, 'audit.see') ? undefined : sql`false`).as('token_names');

/** The id of the person with this address or handle, or the text itself, which may be an id. */
export const idSaid = (said: string): SQL => sql`(select coalesce((select id from users where email = ${said.toLowerCase()}), (select id from users where handle = ${said}), ${said}))`;

/** Where the message is that the data of an event names: the number of the ticket that it was written in, and its own; null where it is gone. */
export const messageIn = (data: SQLWrapper) =>
  sql`(select json_array(t.number, m.number) from ticket_messages m join tickets t on t.id = coalesce(m.origin_ticket_id, m.ticket_id) where m.id = json_extract(${data}, '$.message'))`.mapWith((said: string) => JSON.parse(said) as [ticket: number, message: number]).as('message_in');

/** The number of the ticket that the data of an event names by its id. */
export const ticketIn = (data: SQLWrapper) => sql<number | null>`(select number from tickets where id = coalesce(json_extract(${data}, '$.ticketId'), json_extract(${data}, '$.ticket')))`.as('ticket_in');

/** The number that a ticket will have which still waits to be looked at, by its id. */
export const waitingNumber = (id: SQLWrapper) => sql<number | null>`(select number from suspended_tickets where id = ${id})`.as('waiting_number');
