import { eq } from 'drizzle-orm';
import { operation, type Writing } from '../platform/operation.ts';
import { invalid, overtaken, Refusal } from '../platform/refusal.ts';
import { can } from '../platform/viewer.ts';
import { askingOrChanging } from '../tickets/access.ts';
import { tickets } from '../tickets/schema.ts';
import { Filling } from './input.ts';
import { changed, judged, type Question, told } from './judge.ts';
import { ticketToFill } from './queries.ts';
import { type Answers, answered } from './schema.ts';

/**
 * Answers the questions of a ticket: who asks those that customers answer, staff all of them, and which form it has. What is not said stays; what does
 * not fit the other answers is dropped. A closed ticket takes none.
 */
export const fillTicket = operation({
  name: 'forms.fill',
  input: Filling,
  subject: ({ number, form, fields }) => ticketToFill(number, form, fields),
  may: askingOrChanging,
  decide({ db, viewer, now }, { form, fields, revision }, ticket) {
    const isStaff = can(viewer, 'tickets.change');
    if (form !== undefined && !isStaff) throw new Refusal('forbidden', 'Your role may not change tickets.');
    if (revision !== undefined && revision !== ticket.revision) throw overtaken();
    if (form && ticket.formFound === null) throw invalid({ form: 'Choose a form from the list.' });
    const formId = form === undefined ? ticket.formId : form || null;
    const { answers, issues } = judged(ticket.questions, fields, { before: ticket.answers, isStaff, isOpening: false });
    if (Object.keys(issues).length > 0) throw invalid(issues);
    const others = changed(ticket.answers, answers);
    const result = { number: ticket.number };
    if (others.length === 0 && formId === ticket.formId) return { statements: [], events: [], result };
    if (ticket.status === 'closed') throw new Refusal('conflict', 'This ticket is closed. Nothing in it can be changed.');
    const data = difference(ticket.questions, others, ticket.answers, answers);
    const statements: Writing[] = [...answered(db, ticket.id, Object.fromEntries(others.map((id) => [id, answers[id]!]))), db.update(tickets).set({ formId, updatedAt: now }).where(eq(tickets.id, ticket.id))];
    const of = formId === ticket.formId ? {} : { form: formId };
    return { statements, events: [{ type: 'ticket.filled', subject: ticket.id, revision: ticket.revision + 1, data: { ...data, ...of } }], result };
  },
});

/** What the log tells: from what to what, by key. */
function difference(questions: Question[], others: string[], before: Answers, after: Answers) {
  const asked = questions.filter(({ id }) => others.includes(id));
  const of = (answers: Answers) => Object.fromEntries(asked.map(({ id, key, kind }) => [key, told(kind, answers[id])]));
  return { from: of(before), to: of(after) };
}
