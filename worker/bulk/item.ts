import { eq } from 'drizzle-orm';
import { answerFirst, lacks } from '../forms/access.ts';
import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import { type Changes, difference, heldReplies, type Kept, madeSo, tickets } from '../tickets/schema.ts';
import type { Addressed } from './queries.ts';
import { saidIn, unsaid } from './say.ts';
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
  /** Whom a text is sent to, and in whose name. */
  to: Addressed;
  actorName: string;
  /** How long an answer and a note can be taken back, in seconds. */
  undoSeconds: Record<'public' | 'internal', number>;
  /** Whether a colleague's answer to it is on its way out. */
  isAnswered: boolean;
  /** How many of the files that are sent are there still. */
  filesThere: number;
  /** What the bulk change said, and whether that can still be taken back. */
  messageId: string | null;
  isHeld: boolean;
}

/** What came of an item. */
export interface Outcome {
  outcome?: 'changed' | 'unchanged' | 'refused';
  why?: string;
  before?: Before;
  /** The revision that the ticket has after it. */
  revision?: number;
  /** Id of what was said. */
  message?: string;
  reverted?: 'restored' | 'kept';
  events: DomainEvent[];
  statements: Writing[];
}

const refused = (why: string): Outcome => ({ outcome: 'refused', why, statements: [], events: [] });

/** Changes one ticket of a bulk change, and says there what is to be said, by the same rules as alone; a refusal is its outcome, with the sentence. */
export function itemChanged(setting: Setting, action: Action, item: Item): Outcome {
  const { ticket, revision } = item;
  const { says, addTags, removeTags, ...wish } = action;
  const answers = says?.visibility === 'public';
  const tags = [...new Set([...ticket.tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
  const to = difference(ticket, { ...wish, tags, ...holder(action, item), ...(answers ? { status: ticket.status, statusId: ticket.statusId } : {}) });
  if (!says && Object.keys(to).length === 0) return { outcome: 'unchanged', statements: [], events: [] };
  const no = whyNot(setting.viewer.id, action, item, { ...to, ...(answers ? { status: action.status ?? 'pending' } : {}) }) ?? (tags.length > 8 && tags.length > ticket.tags.length ? 'Choose at most eight tags.' : undefined);
  if (no) return refused(no);
  const changed = changeTo(setting, item, to);
  const after = revision + changed.events.length;
  const said = says ? saidIn(setting, { says, action, item, revision: after, changes: changed.events[0]?.data as Changes | undefined }) : { statements: [], events: [] };
  return { outcome: 'changed', before: snapshot(ticket), revision: after, statements: [...changed.statements, ...said.statements], events: [...changed.events, ...said.events], ...('message' in said ? { message: said.message } : {}) };
}

/** Why a ticket takes no such change or word. */
function whyNot(me: string | null, action: Action, item: Item, to: Partial<Kept>): string | undefined {
  const { ticket } = item;
  const { says } = action;
  if (ticket.status === 'closed' && (Object.keys(to).length > 0 || says?.visibility !== 'internal')) return 'This ticket is closed. Nothing in it can be changed.';
  if (lacks(to.status, ticket)) return answerFirst(ticket.unanswered);
  const groupId = to.groupId === undefined ? ticket.groupId : to.groupId;
  const isPlaced = to.assigneeId !== undefined || to.groupId !== undefined;
  if (isPlaced && action.assigneeId && groupId !== null && !item.chosenIsMember) return 'Choose a member of the ticket’s group.';
  return says && unsaid(me, says, item);
}

function changeTo({ db, now }: Setting, { ticket, revision }: Item, to: Partial<Kept>): { statements: Writing[]; events: DomainEvent[] } {
  if (Object.keys(to).length === 0) return { statements: [], events: [] };
  const from = Object.fromEntries(Object.keys(to).map((key) => [key, ticket[key as keyof Kept]]));
  return { statements: [madeSo(db, ticket.id, to, now)], events: [{ type: 'ticket.changed', subject: ticket.id, revision: revision + 1, data: { from, to } }] };
}

/** Another group takes a ticket from who is not in it, unless somebody is named. */
const holder = ({ assigneeId, groupId }: Action, { ticket, holderIsMember }: Item): Partial<Kept> =>
  assigneeId === undefined && groupId && groupId !== ticket.groupId && ticket.assigneeId !== null && !holderIsMember ? { assigneeId: null } : {};

/** Gives a ticket back what the bulk change took, if nothing happened to it since, and takes back what was said there, if nobody outside knows of it yet. */
export function itemRestored(setting: Setting, item: Item): Outcome {
  const { db } = setting;
  const { ticket, before, outcome, isTouched, revision, messageId, isHeld } = item;
  if (outcome !== 'changed' || before === null) return { statements: [], events: [] };
  if (isTouched) return { reverted: 'kept', statements: [], events: [] };
  const { solvedAt, waitingSince, updatedAt, ...kept } = before;
  const to = difference(ticket, kept);
  const from = Object.fromEntries(Object.keys(to).map((key) => [key, ticket[key as keyof Kept]]));
  const times = { solvedAt: date(solvedAt), waitingSince: date(waitingSince), updatedAt: new Date(updatedAt) };
  const unsaying = isHeld && messageId ? [db.delete(heldReplies).where(eq(heldReplies.id, messageId))] : [];
  const event = { type: 'ticket.changed' as const, subject: ticket.id, revision: revision + 1, data: { from, to, isBack: true } };
  return { reverted: 'restored', statements: [...unsaying, db.update(tickets).set({ ...to, ...times }).where(eq(tickets.id, ticket.id))], events: Object.keys(to).length > 0 ? [event] : [], ...(unsaying.length > 0 ? { message: messageId! } : {}) };
}

const date = (at: number | null) => (at === null ? null : new Date(at));

const snapshot = ({ status, statusId = null, priority, assigneeId, groupId, tags, solvedAt, waitingSince, updatedAt }: Ticket): Before => ({
  status, statusId, priority, assigneeId, groupId, tags, solvedAt: solvedAt?.getTime() ?? null, waitingSince: waitingSince?.getTime() ?? null, updatedAt: updatedAt.getTime(),
});
