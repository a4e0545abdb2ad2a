import { type SQL, sql } from 'drizzle-orm';
import type { Writing } from '../platform/operation.ts';
import { raw } from '../platform/statement.ts';
import { SHOWN_ENDED } from '../tickets/link.ts';

/**
 * Whether the ticket in this row was opened, or goes on from one, without signing in, by an address that was only typed: the link that was shown then is held by whoever typed it. Where its links are of a later round, they
 * went by mail alone.
 */
const typed = (row: string) =>
  `(${row}.link_round = 0 and exists (select 1 from outbox o where o.subject = ${row}.id and o.type = 'ticket.opened' and (o.actor_id is null or (json_extract(o.data, '$.follows') is not null and o.actor_id <> ${row}.requester_id))))`;

const IS = `exists (select 1 from tickets own where own.id = ?.id and ${typed('own')}) or exists (select 1 from tickets part where part.shown_in = ?.id and part.requester_id = ?.requester_id and ${typed('part')})`;

/** Whether this is so of the ticket that a query calls so, with its `id` and `requester_id`, or of one that is part of it and of the same requester, as a column. */
export const isTyped = (ticket: 'tickets' | 'source_ticket' | 'target') =>
  sql.raw(`(${IS.replaceAll('?', ticket)})`).mapWith(Boolean).as(`is_typed_of_${ticket}`) as SQL.Aliased<boolean>;

/** The statement that ends such links to a ticket, and to what of its requester’s own is part of it. Those that they have by mail lead on; who has none yet has one mailed. */
export const typedLinksEnded = (target: string): Writing =>
  raw(`update tickets set link_round = ${SHOWN_ENDED} where (id = ?1 or id in (select id from tickets where shown_in = ?1)) and requester_id = (select requester_id from tickets where id = ?1) and ${typed('tickets')}`, [target]);
