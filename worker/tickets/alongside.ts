import { eq } from 'drizzle-orm';
import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { can } from '../platform/viewer.ts';
import { tickets } from './schema.ts';

interface Wish {
  priority?: 'low' | 'normal' | 'high' | 'urgent' | undefined;
  assignee?: 'me' | 'nobody' | undefined;
  tags?: string[] | undefined;
}

interface Ticket {
  id: string;
  status: string;
  priority: string;
  assigneeId: string | null;
  tags: string[];
  revision: number;
}

/** What is changed of a ticket in the same commit as a message: statements and, when anything is, one event. */
export function alongside({ db, viewer, now }: Setting, { priority, assignee, tags }: Wish, ticket: Ticket): { statements: Writing[]; events: DomainEvent[] } {
  const to: Partial<Pick<typeof tickets.$inferInsert, 'priority' | 'assigneeId' | 'tags'>> = {};
  const holder = assignee === 'me' ? viewer.id : null;
  if (priority && priority !== ticket.priority) to.priority = priority;
  if (assignee && holder !== ticket.assigneeId) to.assigneeId = holder;
  if (tags && tags.join() !== ticket.tags.join()) to.tags = tags;
  if (Object.keys(to).length === 0) return { statements: [], events: [] };
  if (!can(viewer, 'tickets.change')) throw new Refusal('forbidden', 'Your role may not change tickets.');
  if (ticket.status === 'closed') throw new Refusal('conflict', 'This ticket is closed. Nothing in it can be changed.');
  const from = Object.fromEntries(Object.keys(to).map((key) => [key, ticket[key as keyof Ticket]]));
  return { statements: [db.update(tickets).set({ ...to, updatedAt: now }).where(eq(tickets.id, ticket.id))], events: [{ type: 'ticket.changed', subject: ticket.id, revision: ticket.revision + 1, data: { from, to } }] };
}
