import { sql } from 'drizzle-orm';
import { attaching } from '../attachments/schema.ts';
import { answersCopied } from '../forms/schema.ts';
import { remembered } from '../insights/schema.ts';
import { ticketLinks } from '../links/schema.ts';
import type { Change, Setting } from '../platform/operation.ts';
import { languageOf } from '../platform/text.ts';
import { added, nextNumber, placeOf, type priorities, tickets } from './schema.ts';

interface Followed {
  id: string;
  number: number;
  subject: string;
  requesterId: string;
  requesterRole: string;
  askerId: string;
  askerAccountId: string | null;
  accountId: string | null;
  tags: string[];
  priority: (typeof priorities)[number];
  assigneeId: string | null;
  kind: 'customer' | 'internal';
  formId: string | null;
}

/** What opens a ticket that follows up a closed one: of the same requester and account, with its subject, tags, priority and answers, for whoever had it, and linked to it. `round` is that of the link to it which whoever writes may have, if any. */
export function followUp(setting: Setting, { body, attachments }: { body: string; attachments: string[] }, { id: closed, number: before, requesterRole, askerId, askerAccountId, ...same }: Followed, round: 0 | null): Change<{ id: string; number: number; round: number | null }> {
  const { db, viewer, now, newId } = setting;
  const [id, message] = [newId('tkt'), newId('msg')];
  const number = sql<number>`(select number from tickets where id = ${id})`;
  const { subject, requesterId, accountId, tags, priority, assigneeId, kind, formId } = same;
  const author = viewer.id ?? askerId;
  const isCustomer = (viewer.id === null ? requesterRole : viewer.role) === 'customer';
  const saying = { id: newId('say'), source: 'ticket', sourceId: id, title: subject, text: body, locale: languageOf(body), saidAt: now, number, place: placeOf(message), personId: author, accountId: viewer.id === null ? askerAccountId : viewer.accountId } as const;
  return {
    statements: [
      db.insert(tickets).values({
        id, subject, requesterId, accountId, tags, priority, assigneeId, kind, formId, messagesCount: 1, number: nextNumber,
        waitingSince: now, lastMessageAt: now, createdAt: now, updatedAt: now,
      }),
      answersCopied(closed, id),
      added(db, { id: message, ticketId: id, authorId: author, body, createdAt: now }),
      ...attaching(setting, attachments, { message }),
      db.insert(ticketLinks).values({ fromId: id, toId: closed, kind: 'follow_up', createdAt: now }),
      ...(isCustomer ? [remembered(db, saying)] : []),
    ],
    events: [
      { type: 'ticket.opened', subject: id, data: { subject, priority, message, follows: before } },
      { type: 'ticket.followed', subject: closed, data: { ticketId: id } },
    ],
    result: { id: message, number, round },
  };
}
