import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import { ticketMessages, tickets } from '../tickets/schema.ts';
import type { Fields } from './fields.ts';

/** A ticket that is part of another: what both were before and after, and the tags that the other gained. Gone again when it is undone; the log keeps what happened. */
export const ticketMerges = sqliteTable('ticket_merges', {
  id: text().primaryKey(),
  sourceId: text().notNull().unique().references(() => tickets.id, { onDelete: 'cascade' }),
  targetId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
  /** Only staff, and the customers of the source, read what it brought. */
  isPrivate: integer({ mode: 'boolean' }).notNull(),
  source: text({ mode: 'json' }).$type<Fields>().notNull(),
  before: text({ mode: 'json' }).$type<Fields>().notNull(),
  after: text({ mode: 'json' }).$type<Fields>().notNull(),
  gained: text({ mode: 'json' }).$type<string[]>().notNull(),
  createdAt: moment().notNull(),
});

/** What a merge moved: the number that a message had, and the one that it got. */
export const mergedMessages = sqliteTable(
  'merged_messages',
  {
    mergeId: text().notNull().references(() => ticketMerges.id, { onDelete: 'cascade' }),
    messageId: text().notNull().references(() => ticketMessages.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    placed: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.mergeId, t.messageId] })],
);

/** People who were let into a ticket by a merge. */
export const ticketParticipants = sqliteTable(
  'ticket_participants',
  {
    ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    mergeId: text().notNull().references(() => ticketMerges.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.ticketId, t.userId, t.mergeId] })],
);
