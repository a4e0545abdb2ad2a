import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { isStaff, type Role } from '../platform/viewer.ts';
import { copying } from './access.ts';
import { Copied } from './input.ts';
import { ticketPeople } from './schema.ts';
import { ticketToCopy } from './screen.ts';
import { staged } from './staged.ts';

/** People who are copied on one ticket, at most. */
export const MOST_COPIED = 10;

/** Copies somebody on a ticket, by address: from now on they see its public part, from the first word, and may answer. Who has no account here yet gets one that waits for them. Into an internal ticket only staff are copied, onto a closed one nobody. */
export const copyOnTicket = operation({
  name: 'tickets.copy',
  input: Copied,
  subject: ({ number, email }) => ticketToCopy(number, email),
  may: copying,
  decide({ db, viewer, now, newId }, { email }, ticket) {
    if (ticket.heldAs === 'closed') throw new Refusal('conflict', 'This ticket is closed. Nobody is copied on it any more.');
    if (ticket.foundId === ticket.requesterId) throw invalid({ email: 'They ask this themselves.' });
    if (ticket.kind === 'internal' && !isStaff({ role: (ticket.foundRole ?? 'customer') as Role })) throw invalid({ email: 'Only colleagues take part in an internal ticket. Ask others in a side conversation.' });
    const who = ticket.foundId === null ? staged({ db, now, newId }, email, viewer.locale) : { id: ticket.foundId, statements: [], fresh: ticket.foundId };
    const row = { ticketId: ticket.id, userId: sql<string>`${who.id}`, role: 'cc' as const, address: email, addedAt: now };
    return {
      guard: { holds: sql`(select count(*) from ticket_people where ticket_id = ${ticket.id} and role = 'cc') < ${MOST_COPIED}`, otherwise: new Refusal('conflict', 'Ten people are copied on this ticket. Remove one first.') },
      statements: [...who.statements, db.insert(ticketPeople).values(row).onConflictDoNothing()],
      events: [{ type: 'ticket.copied', subject: ticket.id, data: { person: who.fresh } }],
      result: { number: ticket.number },
    };
  },
});
