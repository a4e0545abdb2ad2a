import { eq, sql } from 'drizzle-orm';
import { filesCopied } from '../attachments/schema.ts';
import { ticketLinks } from '../links/schema.ts';
import { operation, type Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { raw } from '../platform/statement.ts';
import { nextNumber, tickets } from '../tickets/schema.ts';
import { Splitting } from './input.ts';
import { refound } from './moving.ts';
import { type Chosen, ticketToSplit } from './queries.ts';

const customers = ['customer', 'moderator'];

/**
 * Makes a ticket of its own of some messages of another, moved or copied. Its requester is the author of the first of them that a customer wrote. Notes stay
 * notes, and notes alone make a ticket among staff, of whoever splits: no customer said anything in it. It is asked the questions of the same form, unless another is chosen; answers stay where they were given. Words of somebody else come to them only where that is confirmed.
 */
export const splitTicket = operation({
  name: 'joins.split',
  input: Splitting,
  subject: ({ number, messages, form }) => ticketToSplit(number, messages, form),
  may: permitted('tickets.change'),
  decide({ db, viewer, now, newId }, { messages, mode, subject, form, confirmed }, ticket) {
    const { chosen } = ticket;
    check(ticket, messages.length, mode);
    if (form && ticket.formFound === null) throw invalid({ form: 'Choose a form from the list.' });
    const asked = chosen.find(({ visibility, role }) => visibility === 'public' && customers.includes(role));
    const spoken = chosen.filter(({ visibility }) => visibility === 'public');
    const isAmongStaff = ticket.kind === 'customer' && spoken.length === 0;
    const [requesterId, accountId] = isAmongStaff ? [viewer.id!, null] : asked && ticket.kind === 'customer' ? [asked.author, asked.author === ticket.requesterId ? ticket.accountId : asked.accountId] : [ticket.requesterId, ticket.accountId];
    const strangers = chosen.some((one) => one.visibility === 'public' && one.author !== requesterId && (customers.includes(one.role) || requesterId !== ticket.requesterId));
    if (strangers && !confirmed) throw invalid({ confirmed: 'These are words of somebody else than the requester, who will read them. Confirm that you mean it.' });
    const id = newId('tkt');
    const number = sql<number>`(select number from tickets where id = ${id})`;
    const waitingSince = isAmongStaff ? now : unanswered(spoken);
    const last = new Date(chosen.at(-1)!.at);
    return {
      statements: [
        db.insert(tickets).values({
          id, subject, kind: isAmongStaff ? 'internal' : ticket.kind, formId: form === undefined ? (isAmongStaff ? null : ticket.formId) : ticket.formFound, status: 'open', priority: ticket.priority, assigneeId: ticket.assigneeId, tags: ticket.tags, requesterId, accountId, messagesCount: spoken.length,
          number: nextNumber, waitingSince, lastMessageAt: last, createdAt: now, updatedAt: now,
        }),
        ...(mode === 'move' ? moved(id, ticket.id, messages) : copied(id, chosen, () => newId('msg'))),
        db.update(tickets).set({ updatedAt: now, ...(mode === 'move' ? left(ticket, spoken.length) : {}) }).where(eq(tickets.id, ticket.id)),
        db.insert(ticketLinks).values({ fromId: id, toId: ticket.id, kind: 'split', createdAt: now }),
      ],
      events: [
        { type: 'ticket.split', subject: ticket.id, revision: ticket.revision + 1, data: { ticketId: id, messages: chosen.length, mode } },
        { type: 'ticket.split_off', subject: id, data: { subject, outOf: ticket.number, messages: chosen.length } },
      ],
      result: { id, number },
    };
  },
});

type Ticket = ReturnType<ReturnType<typeof ticketToSplit>['read']>;

function check({ chosen, status, stays }: Ticket, wanted: number, mode: 'move' | 'copy') {
  if (chosen.length < wanted) throw invalid({ messages: 'Choose messages of this ticket.' });
  if (status === 'closed' && mode === 'move') throw new Refusal('conflict', 'This ticket is closed. Nothing in it can be changed.');
  if (mode === 'move' && stays === 0) throw invalid({ messages: 'One message of the conversation has to stay. Copy them instead.' });
}

/** Since when a customer waits for an answer among these. */
function unanswered(spoken: Chosen[]): Date | null {
  const answered = spoken.findLastIndex(({ role }) => !customers.includes(role));
  const first = spoken.slice(answered + 1)[0];
  return first ? new Date(first.at) : null;
}

/** What is left behind: a ticket that waited does so since the oldest word that nobody answered and that stayed. */
const left = ({ waitingSince, waits }: Ticket, gone: number) => ({ messagesCount: sql`messages_count - ${gone}`, ...(waitingSince === null ? {} : { waitingSince: waits === null ? null : new Date(waits) }) });

const OF = 'in (select value from json_each(?))';

function moved(to: string, from: string, messages: string[]): Writing[] {
  const list = JSON.stringify(messages);
  return [
    raw(`delete from merged_messages where message_id ${OF}`, [list]),
    raw(`update ticket_messages set ticket_id = ?, audience_id = null where ticket_id = ? and id ${OF}`, [to, from, list]),
    refound('select value from json_each(?)', [list]),
  ];
}

const copied = (to: string, chosen: Chosen[], newId: () => string): Writing[] =>
  chosen.flatMap(({ id }) => {
    const copy = newId();
    return [copiedMessage(copy, to, id), filesCopied(id, copy)];
  });

const copiedMessage = (copy: string, to: string, id: string): Writing =>
  raw(
    `insert into ticket_messages (id, ticket_id, number, author_id, visibility, body, html, renderer, created_at, copied_from)
      select ?, ?, (select coalesce(max(number), 0) + 1 from ticket_messages where ticket_id = ?), author_id, visibility, body, html, renderer, created_at, id from ticket_messages where id = ?`,
    [copy, to, to, id],
  );
