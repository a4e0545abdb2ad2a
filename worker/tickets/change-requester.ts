import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type Guard, operation } from '../platform/operation.ts';
import { invalid, overtaken, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { raw } from '../platform/statement.ts';
import { isStaff } from '../platform/viewer.ts';
import { MOST_COPIED } from './copy.ts';
import { NewRequester } from './input.ts';
import { requesterIn, unfit } from './opening.ts';
import { ticketPeople, tickets } from './schema.ts';
import { ticketToHandOn } from './screen.ts';

/**
 * Somebody else asks a ticket from now on: they read all that customers read of it, it is of their account, and letters go to them. Who has no account here yet gets one that waits for them. Who
 * asked it before sees nothing of it any more, nor by a signed link, unless they are kept copied or run the account that it is of.
 */
export const changeRequester = operation({
  name: 'tickets.change-requester',
  input: NewRequester,
  subject: ({ number, requester }) => ticketToHandOn(number, requester),
  may: permitted('tickets.answer'),
  decide(setting, wish, ticket) {
    const { db, now } = setting;
    mayChange(wish, ticket, now);
    const who = requesterIn(setting, wish, ticket);
    const { id, requesterId: before } = ticket;
    const people = sql`(${before}, ${who.id})`;
    return {
      ...(wish.keep ? { guard: roomFor(id, people) } : {}),
      statements: [
        ...who.statements,
        db.update(tickets).set({ requesterId: sql`${who.id}`, accountId: sql`${who.accountId}`, linkRound: sql`abs(link_round) + 1`, updatedAt: now }).where(eq(tickets.id, id)),
        raw('update tickets set link_round = abs(link_round) + 1 where shown_in = ? and requester_id = ?', [id, before]),
        db.delete(ticketPeople).where(sql`ticket_id = ${id} and role = 'cc' and user_id in ${people}`),
        raw('delete from ticket_participants where ticket_id = ? and user_id = ?', [id, before]),
        wish.keep ? db.insert(ticketPeople).values({ ticketId: id, userId: before, role: 'cc', address: sql`(select email from users where id = ${before})`, addedAt: now }) : seenOf(before, id, now),
      ],
      events: [{ type: 'ticket.requester_changed', subject: id, revision: ticket.revision + 1, data: { from: { requesterId: before }, to: { requesterId: who.fresh ?? who.id }, ...(wish.keep ? { copied: true } : {}) } }],
      result: { number: ticket.number },
    };
  },
});

const UNFIT = { staff: 'They work here. A ticket of a customer is never theirs.', erased: 'This person was erased. No ticket can be theirs.', suspended: 'This person is suspended. No ticket can be theirs.' };

function mayChange({ keep, revision }: z.infer<typeof NewRequester>, ticket: ReturnType<ReturnType<typeof ticketToHandOn>['read']>, now: Date): void {
  if (revision !== undefined && revision !== ticket.revision) throw overtaken();
  if (ticket.asked !== ticket.number) throw new Refusal('conflict', 'This ticket is part of another. Change the requester of that one.');
  if (ticket.kind === 'internal') throw new Refusal('conflict', 'This ticket is among staff. No customer asks it.');
  if (ticket.status === 'closed') throw new Refusal('conflict', 'This ticket is closed. Nothing in it can be changed.');
  if (ticket.personId === ticket.requesterId) throw invalid({ requester: 'They ask this already.' });
  const reason = unfit(ticket, now);
  if (reason) throw invalid({ requester: UNFIT[reason] });
  if (keep && isStaff({ role: ticket.roleBefore })) throw invalid({ keep: 'They work here, and are not copied. They can watch the ticket.' });
}

/** What they were told of a ticket that they find no more is not new to them any more. */
const seenOf = (person: string, id: string, now: Date) =>
  raw('update notifications set seen_at = ?1 where user_id = ?2 and topic_id is null and seen_at is null and ticket_id in (select ?3 union all select id from tickets where shown_in = ?3)', [now.getTime(), person, id]);

/** Holds as long as one more can be copied, those two aside. */
const roomFor = (id: string, people: ReturnType<typeof sql>): Guard => ({
  holds: sql`(select count(*) from ticket_people where ticket_id = ${id} and role = 'cc' and user_id not in ${people}) < ${MOST_COPIED}`,
  otherwise: new Refusal('conflict', 'Ten people are copied on this ticket. Remove one first.'),
});
