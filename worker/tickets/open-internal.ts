import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { InternalTicket } from './input.ts';
import { added, nextNumber, tickets } from './schema.ts';

/** Opens a ticket among staff, asked by whoever opens it. No customer ever sees it. */
export const openInternalTicket = operation({
  name: 'tickets.open-internal',
  input: InternalTicket,
  may: permitted('tickets.note'),
  decide({ db, viewer, now, newId }, { subject, body, priority = 'normal' }) {
    const [id, message] = [newId('tkt'), newId('msg')];
    return {
      statements: [
        db.insert(tickets).values({
          id, subject, priority, kind: 'internal', requesterId: viewer.id!, messagesCount: 1, number: nextNumber,
          waitingSince: now, lastMessageAt: now, createdAt: now, updatedAt: now,
        }),
        added(db, { id: message, ticketId: id, authorId: viewer.id!, body, createdAt: now }),
      ],
      events: [{ type: 'ticket.opened', subject: id, data: { subject, priority, message, kind: 'internal' } }],
      result: { id, number: sql<number>`(select number from tickets where id = ${id})` },
    };
  },
});
