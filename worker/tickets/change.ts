import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import type { TicketChange as Input } from './input.ts';
import { TicketChange } from './input.ts';
import { ticketToAssign } from './queries.ts';
import { tickets } from './schema.ts';

type Ticket = Pick<typeof tickets.$inferSelect, 'status' | 'priority' | 'assigneeId' | 'tags'>;

/** Sets status, priority, assignee and tags, as far as they are said. What is already so is no change; a closed ticket takes none. */
export const changeTicket = operation({
  name: 'tickets.change',
  input: TicketChange,
  subject: ({ number, assignee }) => ticketToAssign(number, assignee ?? ''),
  may: permitted('tickets.change'),
  decide({ db, viewer, now }, input, ticket) {
    if (input.revision !== undefined && input.revision !== ticket.revision) {
      throw new Refusal('conflict', 'Someone changed this a moment ago. Look again, then decide.');
    }
    const chosen = input.assignee === 'me' ? viewer.id : ticket.chosenId;
    if (input.assignee && chosen === null) throw new Refusal('invalid', 'Check the fields marked below.', { assignee: 'Choose someone from the list.' });

    const to = difference(ticket, input, chosen);
    const result = { number: ticket.number };
    if (Object.keys(to).length === 0) return { statements: [], events: [], result };
    if (ticket.status === 'closed') throw new Refusal('conflict', 'This ticket is closed. Nothing in it can be changed.');
    const from = Object.fromEntries(Object.keys(to).map((key) => [key, ticket[key as keyof Ticket]]));
    return {
      statements: [db.update(tickets).set({ ...to, ...clocks(to, now), updatedAt: now }).where(eq(tickets.id, ticket.id))],
      events: [{ type: 'ticket.changed', subject: ticket.id, revision: ticket.revision + 1, data: { from, to } }],
      result,
    };
  },
});

function difference(ticket: Ticket, { status, priority, assignee, tags }: z.infer<typeof Input>, chosen: string | null): Partial<Ticket> {
  const to: Partial<Ticket> = {};
  if (status && status !== ticket.status) to.status = status;
  if (priority && priority !== ticket.priority) to.priority = priority;
  if (assignee !== undefined && chosen !== ticket.assigneeId) to.assigneeId = chosen;
  if (tags && tags.join() !== ticket.tags.join()) to.tags = tags;
  return to;
}

const AWAKE = { snooze: null, snoozedUntil: null };

/** What a new status does to the ticket's times. Closing what was solved leaves when it was. */
function clocks({ status }: Partial<Ticket>, now: Date) {
  if (!status) return {};
  const done = status === 'solved' || status === 'closed';
  return done ? { ...AWAKE, solvedAt: sql`coalesce(solved_at, ${now.getTime()})`, waitingSince: null } : { solvedAt: null };
}
