import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { operation } from '../platform/operation.ts';
import { invalid, type Issues, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { isInScope } from './access.ts';
import { InternalTicket } from './input.ts';
import { added, nextNumber, tickets } from './schema.ts';
import { internalToOpen } from './screen.ts';

type Wish = z.infer<typeof InternalTicket>;

/** Opens a ticket among staff, asked by whoever opens it, for a group if one is named. No customer ever sees it. */
export const openInternalTicket = operation({
  name: 'tickets.open-internal',
  input: InternalTicket,
  subject: ({ assignee, group }) => internalToOpen({ assignee, group }),
  may: permitted('tickets.note'),
  decide({ db, viewer, now, newId }, wish, found) {
    if (wish.assignee && !can(viewer, 'tickets.change')) throw new Refusal('forbidden', 'Your role may not change tickets.');
    const issues = issuesOf(viewer, wish, found);
    if (Object.keys(issues).length > 0) throw invalid(issues);
    const { subject, body, priority = 'normal' } = wish;
    const [id, message] = [newId('tkt'), newId('msg')];
    const [assigneeId, groupId] = [wish.assignee ? found.chosenId : null, found.groupFound];
    return {
      statements: [
        db.insert(tickets).values({
          id, subject, priority, assigneeId, groupId, kind: 'internal', requesterId: viewer.id!, messagesCount: 1, number: nextNumber,
          waitingSince: now, lastMessageAt: now, createdAt: now, updatedAt: now,
        }),
        added(db, { id: message, ticketId: id, authorId: viewer.id!, body, createdAt: now }),
      ],
      events: [{ type: 'ticket.opened', subject: id, data: { subject, priority, message, kind: 'internal', ...(assigneeId ? { assigneeId } : {}), ...(groupId ? { groupId } : {}) } }],
      result: { id, number: sql<number>`(select number from tickets where id = ${id})` },
    };
  },
});

/** Why it cannot be given to these. Who sees tickets of some groups only opens one of theirs, or would not see it. */
function issuesOf(viewer: Viewer, { assignee, group }: Wish, found: ReturnType<ReturnType<typeof internalToOpen>['read']>): Issues {
  const issues: Issues = {};
  if ((group && found.groupFound === null) || !isInScope(viewer, group ?? null)) issues['group'] = 'Choose a group from the list.';
  if (assignee && found.chosenId === null) issues['assignee'] = 'Choose someone from the list.';
  else if (assignee && group && !found.chosenIsMember) issues['assignee'] = 'Choose a member of the ticket’s group.';
  return issues;
}
