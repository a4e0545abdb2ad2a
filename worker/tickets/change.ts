import type { z } from 'zod';
import { maySolve } from '../forms/access.ts';
import { operation } from '../platform/operation.ts';
import { invalid, overtaken, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import type { Viewer } from '../platform/viewer.ts';
import { isInScope } from './access.ts';
import { TicketChange } from './input.ts';
import { ticketToAssign } from './queries.ts';
import { difference, type Kept, madeSo } from './schema.ts';
import { statusIn } from './status.ts';

type Ticket = Kept & { statusId: string | null; chosenCategory: Kept['status'] | null; unanswered: string[]; chosenId: string | null; groupFound: string | null; chosenIsMember: boolean; holderIsMember: boolean };

/**
 * Sets subject, status, priority, group, assignee and tags, as far as they are said. What is already so is no change; a closed ticket takes none. Members of its
 * group hold a ticket: giving it to somebody else is refused, and another group takes it from who is not in that.
 */
export const changeTicket = operation({
  name: 'tickets.change',
  input: TicketChange,
  subject: ({ number, assignee, group, status }) => ticketToAssign(number, assignee ?? '', group === undefined ? undefined : (group ?? ''), status),
  may: permitted('tickets.change'),
  decide({ db, viewer, now }, input, ticket) {
    if (input.revision !== undefined && input.revision !== ticket.revision) {
      throw overtaken();
    }
    const { subject, priority, tags } = input;
    const to = difference(ticket, { ...statusIn(input.status, ticket), subject, priority, tags, ...holders(viewer, input, ticket) });
    const result = { number: ticket.number };
    if (Object.keys(to).length === 0) return { statements: [], events: [], result };
    if (ticket.status === 'closed') throw new Refusal('conflict', 'This ticket is closed. Nothing in it can be changed.');
    maySolve(to.status, ticket);
    const from = Object.fromEntries(Object.keys(to).map((key) => [key, ticket[key as keyof Kept]]));
    return {
      statements: [madeSo(db, ticket.id, to, now)],
      events: [{ type: 'ticket.changed', subject: ticket.id, revision: ticket.revision + 1, data: { from, to } }],
      result,
    };
  },
});

/** Which group and who in it has the ticket from now on. */
function holders(viewer: Viewer, { assignee, group }: z.infer<typeof TicketChange>, ticket: Ticket): Partial<Kept> {
  const groupId = group === undefined ? ticket.groupId : group || null;
  if (groupId !== ticket.groupId && (groupId !== ticket.groupFound || !isInScope(viewer, groupId))) throw invalid({ group: 'Choose a group from the list.' });
  const chosen = assignee === 'me' ? viewer.id : ticket.chosenId;
  if (assignee && chosen === null) throw invalid({ assignee: 'Choose someone from the list.' });

  const isHandedOver = assignee !== undefined && (assignee ? chosen : null) !== ticket.assigneeId;
  if (isHandedOver && assignee && groupId !== null && !ticket.chosenIsMember) throw invalid({ assignee: 'Choose a member of the ticket’s group.' });
  if (isHandedOver) return { groupId, assigneeId: assignee ? chosen : null };
  const isTaken = groupId !== ticket.groupId && groupId !== null && ticket.assigneeId !== null && !ticket.holderIsMember;
  return isTaken ? { groupId, assigneeId: null } : { groupId };
}
