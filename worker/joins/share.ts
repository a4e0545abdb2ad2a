import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { raw } from '../platform/statement.ts';
import { Sharing } from './input.ts';
import { answersBrought } from './answers.ts';
import { letIn, peopleOf } from './moving.ts';
import { mergeOfTicket } from './queries.ts';
import { ticketMerges } from './schema.ts';

/** Lets the requester of a ticket that was merged privately take part in the other: both sides read all of it from now on. */
export const shareMerge = operation({
  name: 'joins.share',
  input: Sharing,
  subject: ({ number }) => mergeOfTicket(number, []),
  may: permitted('tickets.change'),
  decide({ db }, { confirmed }, { id, merge, target, number }) {
    if (!merge?.id || !target) throw new Refusal('conflict', 'This ticket is not part of another.');
    if (!merge.isPrivate) throw new Refusal('conflict', 'Its requester takes part already.');
    if (!confirmed) throw invalid({ confirmed: 'Both requesters will read all of it. Confirm that you mean it.' });
    return {
      statements: [
        db.update(ticketMerges).set({ isPrivate: false }).where(eq(ticketMerges.id, merge.id)),
        raw('update ticket_messages set audience_id = null where ticket_id = ? and audience_id = ?', [target.id, id]),
        raw('update tickets set shown_in = ?1 where id = ?2 or shown_in = ?2', [target.id, id]),
        letIn([merge.id]),
        peopleOf([merge.id]),
        answersBrought([merge.id]),
      ],
      events: [{ type: 'ticket.shared', subject: target.id, revision: target.revision + 1, data: { ticket: number } }],
      result: { number: target.number },
    };
  },
});
