import { randomBytes } from 'node:crypto';
import { attaching, type Copies, copiesOf } from '../attachments/schema.ts';
import { emptyIn, filledIn, firstName, textFor } from '../macros/access.ts';
import { mentioning } from '../platform/mentions.ts';
import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import { statusSaid } from '../statuses/access.ts';
import { added, type answered, answeredAs, answeredSo, type Changes, heldReplies, newestOfOthers } from '../tickets/schema.ts';
import type { Item } from './item.ts';
import type { Addressed } from './queries.ts';
import type { Action, Saying } from './schema.ts';

/** Why a text of somebody (`me`) is not sent to a ticket; nothing, where it can be. */
export function unsaid(me: string | null, says: Saying, { filesThere, isAnswered, to, actorName }: Item): string | undefined {
  if (filesThere < says.files.length) return 'A file of this macro is no longer there. Fill it in again.';
  const empty = emptyIn(textTo(says, to, actorName));
  if (empty.length > 0) return `Nothing is known for ${empty.join(', ')} here.`;
  if (says.visibility === 'internal') return undefined;
  if (isAnswered) return 'A colleague is sending an answer right now.';
  return to.requesterId === me ? 'You asked this yourself.' : undefined;
}

/** The text of a macro as it goes to one ticket, in the language of whoever asked it. */
export function textTo({ texts, becomes }: Pick<Saying, 'texts' | 'becomes'>, to: Addressed, agent: string): string {
  const { status, own } = becomes ?? { status: to.status, own: to.ownStatus };
  return filledIn(textFor(texts, to.locale), {
    'requester.name': to.name, 'requester.first_name': firstName(to.name), 'ticket.number': String(to.number), 'ticket.subject': to.subject,
    'ticket.status': statusSaid(to.locale, status, own), 'agent.name': agent, 'account.name': to.account ?? '',
  });
}

interface Left {
  status: (typeof answered)[number];
  statusId: string | null;
}

interface What {
  says: Saying;
  action: Action;
  item: Item;
  /** The revision of the ticket that it is said on. */
  revision: number;
  /** What was changed of it together with this. */
  changes: Changes | undefined;
}

/** What says a text in one ticket: an answer that can be taken back as long as any, and where none can, goes out at once, or a note. */
export function saidIn(setting: Setting, { says, action, item, revision, changes }: What): { message: string; statements: Writing[]; events: DomainEvent[] } {
  const { db, viewer, now, newId } = setting;
  const [id, authorId, ticketId] = [newId('msg'), viewer.id!, item.ticket.id];
  const body = textTo(says, item.to, item.actorName);
  const copies: Copies = Object.fromEntries(says.files.map((file) => [`att_${randomBytes(16).toString('hex')}`, file]));
  const files = Object.keys(copies);
  const copied = files.length > 0 ? [copiesOf(authorId, copies, now)] : [];
  if (says.visibility === 'internal') {
    const note = added(db, { id, ticketId, authorId, body, visibility: 'internal', createdAt: now });
    return { message: id, statements: [...copied, note, ...attaching(setting, files, { message: id })], events: [{ type: 'ticket.noted', subject: ticketId, data: { message: id, ...mentioning(body) } }] };
  }
  const left: Left = { status: (action.status ?? 'pending') as Left['status'], statusId: action.statusId ?? null };
  if (item.undoSeconds.public === 0) {
    const answer = added(db, { id, ticketId, authorId, body, visibility: 'public', createdAt: now });
    return { message: id, statements: [...copied, answer, ...attaching(setting, files, { message: id }), answeredSo(db, ticketId, left, now)], events: [sent(id, left, item, revision)] };
  }
  const held = { id, ticketId, authorId, body, files, ...left, revision, seen: newestOfOthers(ticketId, authorId), changes: changes ?? null, macroId: says.macro, releaseAt: new Date(now.getTime() + item.undoSeconds.public * 1000) };
  return { message: id, statements: [...copied, db.insert(heldReplies).values(held)], events: [] };
}

/** That an answer went out, as the log tells it. */
function sent(message: string, { status, statusId }: Left, { ticket }: Item, revision: number): DomainEvent {
  return { type: 'ticket.replied', subject: ticket.id, revision: revision + 1, data: { message, ...answeredAs(ticket, { status, statusId }) } };
}
