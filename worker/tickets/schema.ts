import { type SQL, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { drawn } from '../platform/markdown.ts';
import { moment } from '../platform/schema.ts';

export const statuses = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const;
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;

export const ticketKinds = ['customer', 'internal'] as const;

/**
 * `rank` orders the queue: the higher the priority and the longer the wait, the larger. `waitingSince` is the oldest unanswered word of the requester.
 * An internal ticket is among staff. `mergedInto` is the ticket that it is part of, for staff, `shownIn` the one that it is part of for its customer too:
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
  kind: text({ enum: ticketKinds }).notNull().default('customer'),
  mergedInto: text(),
  shownIn: text(),
  tags: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  messagesCount: integer().notNull().default(0),
  waitingSince: moment(),
  lastMessageAt: moment().notNull(),
  solvedAt: moment(),
  createdAt: moment().notNull(),
  updatedAt: moment().notNull(),
  importId: text(),
});

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

/** The number of a message that this commit has added. */
export const placeOf = (messageId: string) => sql<number>`(select number from ticket_messages where id = ${messageId})`;
