import { eq, sql } from 'drizzle-orm';
import { operation, type Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { tickets } from '../tickets/schema.ts';
import { fieldsOf, rowOf, type Step, without } from './fields.ts';
import { Unmerging } from './input.ts';
import { returning } from './moving.ts';
import { mergeOfTicket, type Unmergeable } from './queries.ts';
import { ticketMerges } from './schema.ts';

/** Undoes a merge: what it moved goes back, and what was written since stays, but for the messages that are chosen. Nobody is told. */
export const unmergeTicket = operation({
  name: 'joins.unmerge',
  input: Unmerging,
  subject: ({ number, messages }) => mergeOfTicket(number, messages),
  may: permitted('tickets.change'),
  decide({ db, now }, { messages, confirmed }, source) {
    const { merge, target } = source;
    if (!merge?.id || !target) throw new Refusal('conflict', 'This ticket is not part of another.');
    if (target.mergedInto) throw new Refusal('conflict', 'The other ticket is part of a third. Unmerge that first.');
    if (source.picked.length < messages.length) throw invalid({ messages: 'Choose messages that were written after the merge.' });
    if (!confirmed && source.picked.some(({ visibility, author, role }) => visibility === 'public' && role === 'customer' && author !== source.requesterId)) {
      throw invalid({ confirmed: 'These are words of somebody else than the requester, who will read them. Confirm that you mean it.' });
    }
    const taken: Step = { ...merge, at: 0 };
    const { now: fields, later } = without(fieldsOf(target), taken, source.siblings.filter(({ id }) => id > merge.id));
    const tags = target.tags.filter((tag) => !merge.gained.includes(tag) || source.siblings.some(({ gained }) => gained.includes(tag)));
    const picks = source.picked.length;
    return {
      statements: [
        ...returning({ ...merge, sourceId: source.id, targetId: target.id }, messages),
        ...later.map(({ id, before, after }): Writing => db.update(ticketMerges).set({ before, after }).where(eq(ticketMerges.id, id))),
        db.update(tickets).set({ ...rowOf(fields), tags, messagesCount: sql`messages_count - ${source.messagesCount + picks}` }).where(eq(tickets.id, target.id)),
        db.update(tickets).set({ ...asBefore(source, merge.source, picks > 0 ? now : undefined), mergedInto: null, shownIn: null, messagesCount: sql`messages_count + ${picks}` }).where(eq(tickets.id, source.id)),
      ],
      events: [
        { type: 'ticket.unmerged', subject: source.id, revision: source.revision + 1, data: { outOf: target.number, ...(picks > 0 ? { messages: picks } : {}) } },
        { type: 'ticket.released', subject: target.id, revision: target.revision + 1, data: { ticket: source.number } },
      ],
      result: { number: source.number, outOf: target.number },
    };
  },
});

/** The source as it was; what its customer wrote there meanwhile waits for an answer. */
function asBefore({ lastMessageAt }: Unmergeable, was: Step['source'], picked: Date | undefined) {
  const fields = rowOf(was);
  const wrote = lastMessageAt.getTime() > was.lastMessageAt ? lastMessageAt : undefined;
  const status = wrote && (was.status === 'pending' || was.status === 'solved') ? ('open' as const) : was.status;
  const times = { lastMessageAt: picked ?? wrote ?? fields.lastMessageAt, waitingSince: fields.waitingSince ?? wrote ?? null };
  return { ...fields, ...times, status, solvedAt: status === was.status ? fields.solvedAt : null };
}
