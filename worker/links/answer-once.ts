import { sql } from 'drizzle-orm';
import { lacks } from '../forms/access.ts';
import { emptyIn } from '../macros/access.ts';
import { type DomainEvent, type Guard, operation, type Setting, type Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { added, answeredSo, heldReplies, newestOfOthers } from '../tickets/schema.ts';
import { AnswerOnce } from './input.ts';
import { type Incident, problemToAnswer } from './queries.ts';
import { textTo } from './say.ts';

/**
 * Sends one answer to everybody whose open ticket is an incident of this problem, with its places filled in for each, and solves theirs if that is said. With
 * `hold` it waits as long as any answer can be taken back. With `look` nothing is sent: `first` is what the first of them would get.
 */
export const answerIncidents = operation({
  name: 'links.answer-once',
  input: AnswerOnce,
  subject: ({ number }) => problemToAnswer(number),
  may: permitted('tickets.answer'),
  decide(setting, { body, solve, hold, look }, { id: problem, number, incidents, undoSeconds }) {
    const { newId, viewer } = setting;
    if (incidents.length === 0) throw new Refusal('conflict', 'This ticket has no open incidents.');
    const status = solve ? ('solved' as const) : ('pending' as const);
    if (incidents.some((one) => lacks(status, one))) throw new Refusal('conflict', 'Some of these tickets lack answers that they need to be solved. Answer their questions first, or leave them open.');
    const answers = incidents.map((incident) => ({ ...incident, status, from: incident.status, message: newId('msg'), text: textTo(body, incident, status, viewer.name) }));
    checkPlaces(answers);
    const { number: to, name, locale, text } = answers[0]!;
    const result = { number, answered: answers.length, first: look ? { number: to, name, locale, text } : null };
    if (look) return { statements: [], events: [], result };
    const seconds = hold ? undoSeconds.public : 0;
    const each = answers.map((one) => (seconds > 0 ? held(setting, one, { problem, body, seconds }) : sent(setting, one, number)));
    return {
      guard: noneIsHeld(answers),
      statements: each.flatMap(({ statements }) => statements),
      events: [...each.flatMap(({ events }) => events), { type: 'ticket.answered_incidents', subject: problem, data: { tickets: answers.map((one) => one.number), status } }],
      result,
    };
  },
});

type Answer = Omit<Incident, 'status'> & { status: 'solved' | 'pending'; from: string; message: string; text: string };

/** Refuses a text with places that stay empty, and says which, and for which tickets. */
function checkPlaces(answers: Answer[]): void {
  const empty = Map.groupBy(answers.flatMap(({ number, text }) => emptyIn(text).map((place) => ({ place, number }))), ({ place }) => place);
  if (empty.size === 0) return;
  const named = [...empty].map(([place, those]) => `${place} (${those.map(({ number }) => number).join(', ')})`).join(', ');
  throw invalid({ body: `Nothing is known for ${named} here. Leave it out, or answer these on their own.` });
}

/** Of two answers at once to a ticket one is sent. */
const noneIsHeld = (answers: Answer[]): Guard => ({
  holds: sql`not exists (select 1 from held_replies where visibility = 'public' and ticket_id in (select value from json_each(${JSON.stringify(answers.map(({ id }) => id))})))`,
  otherwise: new Refusal('conflict', 'An answer to one of these tickets is on its way already. Wait until it is sent, or take it back.'),
});

interface Done {
  statements: Writing[];
  events: DomainEvent[];
}

const held = ({ db, viewer, now }: Setting, { id, message, text, status, revision }: Answer, { problem, body, seconds }: { problem: string; body: string; seconds: number }): Done => ({
  statements: [db.insert(heldReplies).values({ id: message, ticketId: id, authorId: viewer.id!, body: text, status, revision, seen: newestOfOthers(id, viewer.id!), problemId: problem, template: body, releaseAt: new Date(now.getTime() + seconds * 1000) })],
  events: [],
});

const sent = ({ db, viewer, now }: Setting, { id, message, text, status, from, revision }: Answer, problem: number): Done => ({
  statements: [added(db, { id: message, ticketId: id, authorId: viewer.id!, body: text, createdAt: now }), answeredSo(db, id, { status, statusId: null }, now)],
  events: [{ type: 'ticket.replied', subject: id, revision: revision + 1, data: { message, status, problem, ...(from === status ? {} : { from: { status: from }, to: { status } }) } }],
});
