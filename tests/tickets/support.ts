import type { Database } from '../../worker/database/open.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal, type Portal } from '../../worker/platform/portal.ts';
import { outbox } from '../../worker/platform/schema.ts';
import type { Viewer } from '../../worker/platform/viewer.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { visitLog } from '../../worker/tickets/visits.ts';
import type { Slice } from '../../worker/platform/query.ts';
import { conditionOf, type Filters } from '../../worker/views/input.ts';
import { ticketsMatching } from '../../worker/views/queries.ts';
import { SECRET } from '../support/stoa.ts';

/** This viewer at a moment of 2030, in hours. */
export const inHour = (db: Database, viewer: Viewer, hour: number): Portal =>
  openPortal({ db, gate: gateOf(db), viewer, secret: SECRET, clock: () => new Date(Date.UTC(2030, 0, 1, hour)) });

/** What the log tells, oldest first. */
export const told = async (db: Database) => (await db.select().from(outbox).orderBy(outbox.id)).map((event) => event.type);

/** Opens a ticket as this person; returns its number. */
export const asks = async (portal: Portal, subject = 'The printer burns') => (await portal.run(openTicket, { subject, body: 'Help.' })).number;

/** The queue, as the desk's first page asks for it. */
export const queue = (slice: Slice, filters: Filters) => ticketsMatching(slice, { condition: conditionOf(filters), sort: 'priority' });

/** Somebody of the staff is shown a ticket, and it is noted. */
export async function visited(db: Database, number: number, who: string, at: Date): Promise<void> {
  const { rows } = await db.$client.execute({ sql: 'select id from tickets where number = ?', args: [number] });
  const done: Promise<unknown>[] = [];
  visitLog(() => gateOf(db), (work) => done.push(work)).looked(String(rows[0]!['id']), `usr_${who}`, at.getTime());
  await Promise.all(done);
}
