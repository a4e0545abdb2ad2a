import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { attaching } from '../attachments/schema.ts';
import { judged } from '../forms/access.ts';
import { answered } from '../forms/schema.ts';
import { mentioning } from '../platform/mentions.ts';
import { operation, type Setting } from '../platform/operation.ts';
import { invalid, type Issues, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { isInScope } from './access.ts';
import { TicketFor } from './input.ts';
import { requesterIn, unfit } from './opening.ts';
import { ticketToOpenFor } from './screen.ts';
import { added, nextNumber, tickets } from './schema.ts';

type Wish = z.infer<typeof TicketFor>;
type Found = ReturnType<ReturnType<typeof ticketToOpenFor>['read']>;

/**
 * Opens a ticket for a customer who called, or wrote elsewhere; it is theirs. Who has no account here yet gets one that waits for them. A message to them is itself the first answer, so nobody waits
 * for one, and the ticket waits for theirs; they are told of it by mail. A note holds what they said: they wait for a first answer since now, and get no mail. Nothing that is judged of strangers applies.
 */
export const openTicketFor = operation({
  name: 'tickets.open-for',
  input: TicketFor,
  subject: ({ requester, assignee, group, form, fields }) => ticketToOpenFor(requester, { assignee, group, form, said: fields }),
  may: permitted('tickets.answer'),
  tries: 2,
  decide(setting, wish, found) {
    const { db, viewer, now, newId } = setting;
    mayWish(viewer, wish);
    const { answers, issues } = judged(found.form?.questions ?? [], wish.fields, { before: {}, isStaff: true, isOpening: true });
    const wrong = { ...issuesOf(setting, wish, found), ...issues };
    if (Object.keys(wrong).length > 0) throw invalid(wrong);
    const { subject, body, priority = 'normal', visibility, tags } = wish;
    const [id, message] = [newId('tkt'), newId('msg')];
    const who = requesterIn(setting, wish, found);
    const isNote = visibility === 'internal';
    const [assigneeId, groupId] = [wish.assignee ? found.chosenId : null, wish.group ?? null];
    return {
      statements: [
        ...who.statements,
        db.insert(tickets).values({
          id, subject, priority, assigneeId, groupId, tags, requesterId: who.id, accountId: who.accountId, formId: found.form?.id ?? null, number: nextNumber,
          status: isNote ? 'open' : 'pending', waitingSince: isNote ? now : null, messagesCount: isNote ? 0 : 1, lastMessageAt: now, createdAt: now, updatedAt: now,
        }),
        added(db, { id: message, ticketId: id, authorId: viewer.id!, body, visibility, createdAt: now }),
        ...answered(db, id, answers, true),
        ...attaching(setting, wish.attachments, { message }),
      ],
      events: [{ type: 'ticket.opened', subject: id, data: { subject, priority, message, for: who.fresh ?? who.id, ...(assigneeId ? { assigneeId } : {}), ...(groupId ? { groupId } : {}), ...(tags.length > 0 ? { tags } : {}), ...(isNote ? mentioning(body) : {}) } }],
      result: { id, number: sql<number>`(select number from tickets where id = ${id})` },
    };
  },
});

/** What a role has to have for what is wished beside a message. */
function mayWish(viewer: Viewer, { visibility, assignee, group, tags }: Wish): void {
  if (visibility === 'internal' && !can(viewer, 'tickets.note')) throw new Refusal('forbidden', 'Your role may not write notes.');
  if ((assignee || group || tags.length > 0) && !can(viewer, 'tickets.change')) throw new Refusal('forbidden', 'Your role may not change tickets.');
}

const UNFIT = { staff: 'They work here. Open an internal ticket instead.', erased: 'This person was erased. No ticket can be opened for them.', suspended: 'This person is suspended. No ticket can be opened for them.' };

function issuesOf({ viewer, now }: Setting, { assignee, group, form }: Wish, found: Found): Issues {
  const issues: Issues = {};
  const reason = unfit(found, now);
  if (reason) issues['requester'] = UNFIT[reason];
  if (form && found.form === null) issues['form'] = 'Choose a form from the list.';
  if ((group && found.groupFound === null) || !isInScope(viewer, group ?? null)) issues['group'] = 'Choose a group from the list.';
  if (assignee && found.chosenId === null) issues['assignee'] = 'Choose someone from the list.';
  else if (assignee && group && !found.chosenIsMember) issues['assignee'] = 'Choose a member of the ticket’s group.';
  return issues;
}
