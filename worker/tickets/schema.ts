import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { groups } from '../groups/schema.ts';
import { users } from '../people/schema.ts';
import { drawn } from '../platform/markdown.ts';
import { moment } from '../platform/schema.ts';

export const statuses = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const;
/** The statuses an answer can leave a ticket in. */
export const answered = ['pending', 'open', 'on_hold', 'solved'] as const;
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;

/** How a ticket is out of sight: until a moment, until the next word from outside, until it is closed at a moment, or until something happens in a ticket that it is linked with. */
const snoozes = ['until', 'reply', 'close', 'linked'] as const;
/** The moment of what waits for no moment. */
export const SOME_DAY = new Date(8_640_000_000_000_000);

const ticketKinds = ['customer', 'internal'] as const;

/**
 * `rank` orders the queue: the higher the priority and the longer the wait, the larger. `waitingSince` is the oldest unanswered word of the requester.
 * `snoozedUntil` is there while a ticket is out of sight; `snooze` says how. An internal ticket is among staff. `mergedInto` is the ticket that it is part of, for staff, `shownIn` the one that it is part of for its customer too:
 * both are the last of a chain, and both tickets are frozen and counted nowhere.
 */
export const tickets = sqliteTable('tickets', {
  id: text().primaryKey(),
  number: integer().notNull().unique(),
  requesterId: text().notNull().references(() => users.id),
  accountId: text().references(() => accounts.id),
  subject: text().notNull(),
  status: text({ enum: statuses }).notNull().default('new'),
  priority: text({ enum: priorities }).notNull().default('normal'),
  rank: integer().notNull().generatedAlwaysAs(sql`0`, { mode: 'stored' }),
  isOpen: integer({ mode: 'boolean' }).notNull().generatedAlwaysAs(sql`0`, { mode: 'stored' }),
  assigneeId: text().references(() => users.id),
  /** The group of agents that has it: its members hold it, nobody else. */
  groupId: text().references(() => groups.id, { onDelete: 'set null' }),
  kind: text({ enum: ticketKinds }).notNull().default('customer'),
  mergedInto: text(),
  shownIn: text(),
  tags: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  messagesCount: integer().notNull().default(0),
  waitingSince: moment(),
  lastMessageAt: moment().notNull(),
  solvedAt: moment(),
  snooze: text({ enum: snoozes }),
  snoozedUntil: moment(),
  createdAt: moment().notNull(),
  updatedAt: moment().notNull(),
  importId: text(),
  /** Its status in the workspace's own words: one of the kind that `status` is. */
  statusId: text(),
  /** What it was asked beside subject and text. */
  formId: text(),
  /** How often its requester changed: a signed link opens it in the round that it was made in. -1: the first, of which only links that went by mail open it. */
  linkRound: integer().notNull().default(0),
});

/** The tags of tickets, to find those by a tag: kept by triggers. */
export const ticketTags = sqliteTable(
  'ticket_tags',
  {
    tag: text().notNull(),
    ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.tag, t.ticketId] })],
);

/**
 * `number` counts from 1 within the ticket. Internal messages are notes between staff. `originTicketId` is where a message was written and never
 * changes; `audienceId` is the ticket whose customers alone read it, where that is not the one it is in; `copiedFrom` the message that it is a copy of.
 */
export const ticketMessages = sqliteTable('ticket_messages', {
  id: text().primaryKey(),
  ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
  number: integer().notNull(),
  originTicketId: text(),
  audienceId: text(),
  copiedFrom: text(),
  authorId: text().notNull().references(() => users.id),
  visibility: text({ enum: ['public', 'internal'] }).notNull().default('public'),
  body: text().notNull(),
  html: text(),
  renderer: integer().notNull().default(0),
  createdAt: moment().notNull(),
  importId: text(),
});

/** People beside the requester and the assignee: `cc` are copied, by the `address` that was typed; `watcher` are staff who want to hear of it. */
export const ticketPeople = sqliteTable('ticket_people', {
  ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  role: text({ enum: ['cc', 'watcher'] }).notNull(),
  address: text().notNull().default(''),
  addedAt: moment().notNull(),
  /** The merge that brought them here. */
  mergeId: text(),
});

/** When staff last looked at a ticket. */
export const ticketVisits = sqliteTable('ticket_visits', {
  ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  at: moment().notNull(),
});

/** Fields of a ticket that were changed together with an answer. */
export type Changes = { from: Partial<Kept>; to: Partial<Kept> };

/** Answers and notes that were sent and can be taken back until `releaseAt`, with what was changed of the ticket together with them: only then do they become messages. `revision` is that of the ticket they were sent on, `seen` the number of the newest message of others there; `status` says nothing of a note. */
export const heldReplies = sqliteTable('held_replies', {
  id: text().primaryKey(),
  ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
  authorId: text().notNull().references(() => users.id),
  body: text().notNull(),
  /** Ids of files. */
  files: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  visibility: text({ enum: ['public', 'internal'] }).notNull().default('public'),
  status: text({ enum: answered }).notNull(),
  statusId: text(),
  revision: integer().notNull(),
  seen: integer(),
  changes: text({ mode: 'json' }).$type<Changes>(),
  /** The one it was written with. */
  macroId: text(),
  /** The problem to all incidents of which it was given, and as it was written, before its places were filled in. */
  problemId: text().references(() => tickets.id, { onDelete: 'set null' }),
  template: text(),
  releaseAt: moment().notNull(),
});

/** The number of the newest message that others than this author wrote in a ticket. */
export const newestOfOthers = (ticketId: SQLWrapper | string, authorId: SQLWrapper | string) => sql<number>`(select coalesce(max(m.number), 0) from ticket_messages m where m.ticket_id = ${ticketId} and m.author_id <> ${authorId})`;

/** The number of the next ticket: none was given before, not to one that is gone nor to one that waits. */
export const nextNumber = sql<number>`(select last + 1 from ticket_numbers where id = 1)`;

interface Message {
  id: string;
  ticketId: string;
  /** Where it was written, and whose customers alone read it: of a ticket that was merged privately. */
  originTicketId?: string;
  audienceId?: string;
  authorId: string | SQL<string>;
  body: string;
  visibility?: 'public' | 'internal';
  createdAt: Date;
}

/** The statement that adds a message to a ticket; its number is counted inside the commit. */
export const added = (db: Database, { body, ...message }: Message) =>
  db.insert(ticketMessages).values({ ...message, ...drawn(body), number: sql`(select coalesce(max(number), 0) + 1 from ticket_messages where ticket_id = ${message.ticketId})` });

/** What becomes of a ticket when staff answer it, beside the message. */
export function answeredSo(db: Database, id: string, { status, statusId }: { status: (typeof answered)[number]; statusId: string | null }, now: Date) {
  const isSolved = status === 'solved';
  const change = { status, statusId, solvedAt: isSolved ? now : null, waitingSince: null, lastMessageAt: now, updatedAt: now, messagesCount: sql`messages_count + 1`, ...(isSolved ? { snooze: null, snoozedUntil: null } : {}) };
  return db.update(tickets).set(change).where(eq(tickets.id, id));
}

/** A status: its kind, and its words where it has its own. */
type Stand = { status: string; statusId?: string | null };

const spelled = ({ status, statusId }: Stand) => ({ status, ...(statusId ? { statusId } : {}) });

/** What an answer does to a status, as the log tells it: what it is then, and, where it was another, what it was. */
export const answeredAs = (was: Stand, is: Stand) => ({ ...spelled(is), ...(was.status === is.status && (was.statusId ?? null) === (is.statusId ?? null) ? {} : { from: spelled(was), to: spelled(is) }) });

/** The number of a message that this commit has added. */
export const placeOf = (messageId: string) => sql<number>`(select number from ticket_messages where id = ${messageId})`;

/** What people who work on a ticket set. */
export type Kept = Pick<typeof tickets.$inferSelect, 'status' | 'priority' | 'assigneeId' | 'groupId' | 'tags'> & { statusId?: string | null; subject?: string };

/** What a wish makes of a ticket: only what differs from what it is. */
export function difference(ticket: Kept, wish: { [K in keyof Kept]?: Kept[K] | undefined }): Partial<Kept> {
  const said = Object.entries(wish).filter(([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(ticket[key as keyof Kept]));
  return Object.fromEntries(said);
}

/** The statement that makes a ticket so, with what a new status does to its times. Closing what was solved leaves when it was. */
export function madeSo(db: Database, id: string, to: Partial<Kept>, now: Date) {
  const done = to.status === 'solved' || to.status === 'closed';
  const times = !to.status ? {} : done ? { solvedAt: sql`coalesce(solved_at, ${now.getTime()})`, waitingSince: null, snooze: null, snoozedUntil: null } : { solvedAt: null };
  return db.update(tickets).set({ ...to, ...times, updatedAt: now }).where(eq(tickets.id, id));
}
