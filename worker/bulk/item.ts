import { eq } from 'drizzle-orm';
import { answerFirst, lacks } from '../forms/access.ts';
import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import { difference, type Kept, madeSo, tickets } from '../tickets/schema.ts';
import type { Action, Before } from './schema.ts';

type Ticket = Kept & { id: string; unanswered: string[]; solvedAt: Date | null; waitingSince: Date | null; updatedAt: Date };

/** A ticket of a bulk change as it is now, and who of those concerned is in the group that it will have. */
export interface Item {
  place: number;
  ticket: Ticket;
  revision: number;
  chosenIsMember: boolean;
  holderIsMember: boolean;
  outcome: 'changed' | 'unchanged' | 'refused' | null;
  before: Before | null;
  /** Whether anything but a note happened to it since the bulk change. */
  isTouched: boolean;
}

/** What came of an item. */
export interface Outcome {
  outcome?: 'changed' | 'unchanged' | 'refused';
  why?: string;
  before?: Before;
  reverted?: 'restored' | 'kept';
  event?: DomainEvent;
  statements: Writing[];
}

const refused = (why: string): Outcome => ({ outcome: 'refused', why, statements: [] });

/** Changes one ticket of a bulk change, by the same rules as alone; a refusal is its outcome, with the sentence. */
export function itemChanged({ db, now }: Setting, action: Action, item: Item): Outcome {
  const { ticket, revision } = item;
  const { addTags, removeTags, ...wish } = action;
  const tags = [...new Set([...ticket.tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
  const to = difference(ticket, { ...wish, tags, ...holder(action, item) });
  if (Object.keys(to).length === 0) return { outcome: 'unchanged', statements: [] };
  if (ticket.status === 'closed') return refused('This ticket is closed. Nothing in it can be changed.');
  if (lacks(to.status, ticket)) return refused(answerFirst(ticket.unanswered));
  const groupId = to.groupId === undefined ? ticket.groupId : to.groupId;
  const isPlaced = to.assigneeId !== undefined || to.groupId !== undefined;
  if (isPlaced && action.assigneeId && groupId !== null && !item.chosenIsMember) return refused('Choose a member of the ticket’s group.');
  if (tags.length > 8 && tags.length > ticket.tags.length) return refused('Choose at most eight tags.');
  const from = Object.fromEntries(Object.keys(to).map((key) => [key, ticket[key as keyof Kept]]));
  return { outcome: 'changed', before: snapshot(ticket), statements: [madeSo(db, ticket.id, to, now)], event: { type: 'ticket.changed', subject: ticket.id, revision: revision + 1, data: { from, to } } };
}

/** Another group takes a ticket from who is not in it, unless somebody is named. */
const holder = ({ assigneeId, groupId }: Action, { ticket, holderIsMember }: Item): Partial<Kept> =>
  assigneeId === undefined && groupId && groupId !== ticket.groupId && ticket.assigneeId !== null && !holderIsMember ? { assigneeId: null } : {};

/** Gives a ticket back what the bulk change took, if nothing happened to it since. */
export function itemRestored({ db }: Setting, { ticket, before, outcome, isTouched, revision }: Item): Outcome {
  if (outcome !== 'changed' || before === null) return { statements: [] };
  if (isTouched) return { reverted: 'kept', statements: [] };
  const { solvedAt, waitingSince, updatedAt, ...kept } = before;
  const to = difference(ticket, kept);
  const from = Object.fromEntries(Object.keys(to).map((key) => [key, ticket[key as keyof Kept]]));
  const times = { solvedAt: date(solvedAt), waitingSince: date(waitingSince), updatedAt: new Date(updatedAt) };
  return { reverted: 'restored', statements: [db.update(tickets).set({ ...to, ...times }).where(eq(tickets.id, ticket.id))], event: { type: 'ticket.changed', subject: ticket.id, revision: revision + 1, data: { from, to, isBack: true } } };
}

const date = (at: number | null) => (at === null ? null : new Date(at));

const snapshot = ({ status, priority, assigneeId, groupId, tags, solvedAt, waitingSince, updatedAt }: Ticket): Before => ({
  status, priority, assigneeId, groupId, tags, solvedAt: solvedAt?.getTime() ?? null, waitingSince: waitingSince?.getTime() ?? null, updatedAt: updatedAt.getTime(),
});
