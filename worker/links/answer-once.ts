import { eq, sql } from 'drizzle-orm';
import { lacks } from '../forms/access.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { added, tickets } from '../tickets/schema.ts';
import { AnswerOnce } from './input.ts';
import { problemToAnswer } from './queries.ts';

/** Sends one answer to everybody whose open ticket is an incident of this problem, and solves theirs if that is said. */
export const answerIncidents = operation({
  name: 'links.answer-once',
  input: AnswerOnce,
  subject: ({ number }) => problemToAnswer(number),
  may: permitted('tickets.answer'),
  decide({ db, viewer, now, newId }, { body, solve }, { id: problem, number, incidents }) {
    if (incidents.length === 0) throw new Refusal('conflict', 'This ticket has no open incidents.');
    const status = solve ? ('solved' as const) : ('pending' as const);
    if (incidents.some((one) => lacks(status, one))) throw new Refusal('conflict', 'Some of these tickets lack answers that they need to be solved. Answer their questions first, or leave them open.');
    const change = { status, solvedAt: solve ? now : null, waitingSince: null, lastMessageAt: now, updatedAt: now, messagesCount: sql`messages_count + 1` };
    const answers = incidents.map((incident) => ({ ...incident, message: newId('msg') }));
    return {
      statements: answers.flatMap(({ id, message }) => [added(db, { id: message, ticketId: id, authorId: viewer.id!, body, createdAt: now }), db.update(tickets).set(change).where(eq(tickets.id, id))]),
      events: [
        ...answers.map(({ id, message, status: from, revision }) => ({ type: 'ticket.replied' as const, subject: id, revision: revision + 1, data: { message, status, problem: number, ...(from === status ? {} : { from: { status: from }, to: { status } }) } })),
        { type: 'ticket.answered_incidents', subject: problem, data: { tickets: answers.map((one) => one.number), status } },
      ],
      result: { number, answered: answers.length },
    };
  },
});
