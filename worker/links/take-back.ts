import { and, eq, inArray, sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { heldReplies } from '../tickets/schema.ts';
import { OneProblem } from './input.ts';
import { answersToTakeBack } from './queries.ts';

const tooLate = () => new Refusal('conflict', 'These answers are on their way already, or were taken back.');

/** Takes back what the viewer sent to all incidents of a problem, as far as it is held: nobody outside learns of it. Says how it was written, to write it anew. */
export const takeBackAnswers = operation({
  name: 'links.take-back',
  input: OneProblem,
  subject: ({ number }) => answersToTakeBack(number),
  may: permitted('tickets.answer'),
  decide({ db, viewer }, _, { id, number, held }) {
    if (held.length === 0) throw tooLate();
    const ids = held.map((one) => one.id);
    const { body, status } = held[0]!;
    return {
      guard: { holds: sql`exists (select 1 from held_replies where id in (select value from json_each(${JSON.stringify(ids)})))`, otherwise: tooLate() },
      statements: [db.delete(heldReplies).where(and(inArray(heldReplies.id, ids), eq(heldReplies.authorId, viewer.id!)))],
      events: [{ type: 'ticket.took_back_answers', subject: id, data: { tickets: held.map((one) => one.ticket) } }],
      result: { number, takenBack: held.length, body, solve: status === 'solved' },
    };
  },
});
