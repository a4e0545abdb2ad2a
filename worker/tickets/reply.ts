import { eq, sql } from 'drizzle-orm';
import { attaching, brought } from '../attachments/schema.ts';
import { draftGone } from '../drafts/schema.ts';
import { maySolve } from '../forms/access.ts';
import { remembered } from '../insights/schema.ts';
import { emptyIn } from '../macros/access.ts';
import { macroUsed } from '../macros/schema.ts';
import { mentioning } from '../platform/mentions.ts';
import { type Guard, operation, type Setting, type Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { languageOf } from '../platform/text.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { type Asked, asking, copied, participants } from './access.ts';
import { alongside } from './alongside.ts';
import { followUp } from './follow.ts';
import { NewReply } from './input.ts';
import { ticketToChange } from './queries.ts';
import { statusIn } from './status.ts';
import { answered, answeredAs, answeredSo, added, type Changes, heldReplies, newestOfOthers, placeOf, tickets } from './schema.ts';

/**
 * Adds a message. A word from outside opens a ticket that waited for it or was solved; an answer from staff leaves it in `status`, `pending`
 * when not said; a note changes nothing. A closed ticket takes notes only: the requester's word on one opens a new ticket that follows it up. What is
 * written to a ticket that staff merged privately goes where that went. Refused as `conflict` when there are newer messages of others than `seen`.
 * Whoever holds a link writes as who asks the ticket that it is of. `round` of the result is that of links to the ticket they are led to; null where that is of somebody else, whose link is not for them.
 * Whoever answers a customer’s ticket that nobody has, has it from then on, if they may and do not say `nobody`.
 * With a macro it is refused while a place of its text is empty. With `hold` what staff write waits as many seconds as the workspace says for it, and can be taken back until then; nobody outside learns of an answer before.
 */
export const replyToTicket = operation({
  name: 'tickets.reply',
  input: NewReply,
  subject: ({ number, status }) => ticketToChange(number, status),
  may: participants,
  decide(setting, { body, visibility, status: wanted = 'pending', seen, attachments, hold, macro, ...set }, ticket) {
    const { db, viewer, now, newId } = setting;
    const kind = kindOf(viewer, ticket, visibility);
    const isTheirs = ticket.askerId === ticket.requesterId;
    if (ticket.heldAs === 'closed' && kind === 'question') return followUp(setting, { body, attachments }, ticket, isTheirs ? 0 : null);
    if (ticket.heldAs === 'closed' && kind === 'answer') throw new Refusal('conflict', 'This ticket is closed. Open a new one.');
    if (seen !== undefined && ticket.lastMessage > seen) throw new Refusal('conflict', 'A new message came while you were writing. Read it, then send yours again.');

    const empty = macro ? emptyIn(body) : [];
    if (empty.length > 0) throw invalid({ body: `Nothing is known for ${empty.join(', ')} here. Write something in its place.` });

    const { status, statusId } = kind === 'answer' ? statusIn(wanted, ticket, answered) : { status: 'pending' as const, statusId: null };
    if (kind === 'answer') maySolve(status, ticket);

    const id = newId('msg');
    const authorId = viewer.id ?? ticket.askerId;
    const result = { id, number: ticket.number, round: isTheirs ? ticket.linkRound : null };
    const also = alongside(setting, takes(viewer, kind, set, ticket) ? { ...set, assignee: 'me' } : set, ticket);
    const statements = [...also.statements, ...(macro && viewer.id ? [macroUsed(db, viewer.id, macro)] : []), ...(viewer.id ? [draftGone(db, viewer.id, ticket.id)] : [])];
    const revision = ticket.revision + also.events.length;
    const seconds = hold && kind !== 'question' ? ticket.undoSeconds[visibility] : 0;
    if (seconds > 0) {
      const held = db.insert(heldReplies).values({ id, ticketId: ticket.id, authorId, body, visibility, files: attachments, status, statusId, revision, seen: newestOfOthers(ticket.id, authorId), changes: (also.events[0]?.data as Changes | undefined) ?? null, macroId: macro ?? null, releaseAt: new Date(now.getTime() + seconds * 1000) });
      return { ...(kind === 'answer' ? { guard: aloneWith(ticket, authorId) } : {}), statements: [...statements, ...brought(viewer.id, attachments), held], events: also.events, result };
    }
    const message = { id, ticketId: ticket.heldIn, authorId, body, visibility, createdAt: now };
    const consequence = { question: asked, answer: answeredWith, note: () => [] }[kind](setting, { id, body, status, statusId }, ticket);
    const event = { subject: ticket.heldIn, data: { message: id, ...changeOf(kind, { status, statusId }, ticket), ...(kind === 'note' ? mentioning(body) : {}) } };
    return {
      statements: [...statements, added(db, ticket.heldIn === ticket.id ? message : { ...message, originTicketId: ticket.id, audienceId: ticket.id }), ...attaching(setting, attachments, { message: id }), ...consequence],
      events: [...also.events, kind === 'note' ? { ...event, type: 'ticket.noted' } : { ...event, type: 'ticket.replied', ...(kind === 'answer' ? { revision: revision + 1 } : {}) }],
      result,
    };
  },
});

/** Of two answers at once one is held; the other learns of it. So does one that crossed a message. */
const aloneWith = ({ id, lastMessage }: { id: string; lastMessage: number }, authorId: string): Guard => ({
  holds: sql`not exists (select 1 from held_replies where ticket_id = ${id} and visibility = 'public' and author_id <> ${authorId}) and ${newestOfOthers(id, authorId)} = ${lastMessage}`,
  otherwise: new Refusal('conflict', 'A colleague is sending an answer right now, or a new message came. Read it, then send yours again.'),
});

type Ticket = Asked & { id: string; heldIn: string; askerId: string; askerAccountId: string | null; subject: string; status: string; statusId: string | null; kind: string; requesterRole: string; assigneeId: string | null; mayHold: boolean };
type Said = { id: string; body: string; status: (typeof answered)[number]; statusId: string | null };

/** Whose word it is: a note between staff, an answer to those who ask, or a question from them. */
function kindOf(viewer: Viewer, ticket: Asked, visibility: 'public' | 'internal') {
  if (visibility === 'internal') {
    if (!can(viewer, 'tickets.note')) throw new Refusal('forbidden', 'Your role may not write notes.');
    return 'note';
  }
  if (can(viewer, 'tickets.answer') && viewer.id !== ticket.requesterId) return 'answer';
  if (!asking.allows(viewer, ticket) && !copied.allows(viewer, ticket)) throw new Refusal('forbidden', 'Your role may not answer customers. Write a note.');
  return 'question';
}

/** Whether a ticket becomes theirs with an answer. */
const takes = (viewer: Viewer, kind: string, { assignee }: { assignee?: string | undefined }, ticket: Ticket) =>
  kind === 'answer' && assignee === undefined && ticket.assigneeId === null && ticket.kind === 'customer' && ticket.mayHold && can(viewer, 'tickets.change');

/** What a reply does to the status, as the log tells it. */
function changeOf(kind: 'question' | 'answer' | 'note', { status, statusId }: Pick<Said, 'status' | 'statusId'>, ticket: Ticket) {
  if (kind === 'answer') return answeredAs(ticket, { status, statusId });
  const opens = kind === 'question' && (ticket.status === 'pending' || ticket.status === 'solved');
  const { from, to } = answeredAs(ticket, { status: opens ? 'open' : ticket.status, statusId: opens ? null : ticket.statusId });
  return from && to ? { from, to } : {};
}

const answeredWith = ({ db, now }: Setting, { status, statusId }: Said, ticket: Ticket): Writing[] => [answeredSo(db, ticket.id, { status, statusId }, now)];

function asked({ db, viewer, now, newId }: Setting, { id, body }: Said, ticket: Ticket): Writing[] {
  const change = {
    status: sql`case when status in ('pending', 'solved') then 'open' else status end`,
    waitingSince: sql`coalesce(waiting_since, ${now.getTime()})`,
    solvedAt: null, snooze: null, snoozedUntil: null, lastMessageAt: now, updatedAt: now, messagesCount: sql`messages_count + 1`,
  };
  const statements: Writing[] = [db.update(tickets).set(change).where(eq(tickets.id, ticket.heldIn)), ...keptBack(db, id, ticket, now)];
  if ((viewer.id === null ? ticket.requesterRole : viewer.role) !== 'customer') return statements;
  const saying = { id: newId('say'), source: 'message', sourceId: id, number: ticket.number, title: ticket.subject, text: body, saidAt: now } as const;
  const person = { personId: viewer.id ?? ticket.askerId, accountId: viewer.id === null ? ticket.askerAccountId : viewer.accountId };
  return [...statements, remembered(db, { ...saying, ...person, place: placeOf(id), locale: languageOf(body) })];
}

/** Of a ticket that is part of another, what its customer writes is remembered as its own: it leaves with it again. */
function keptBack(db: Setting['db'], id: string, ticket: Ticket, now: Date): Writing[] {
  if (ticket.heldIn === ticket.id) return [];
  return [
    db.update(tickets).set({ lastMessageAt: now, messagesCount: sql`messages_count + 1` }).where(eq(tickets.id, ticket.id)),
    {
      toSQL: () => ({
        sql: `insert into merged_messages (merge_id, message_id, number, placed) select g.id, m.id, (select coalesce(max(r.number), 0) + 1 from merged_messages r where r.merge_id = g.id), m.number
          from ticket_merges g join ticket_messages m on m.id = ? where g.source_id = ?`,
        params: [id, ticket.id],
      }),
    },
  ];
}
