import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { moment } from '../platform/schema.ts';

/** Statuses in a workspace's own words, for agents and for customers, in both languages. Each is of one kind, `category`, which alone counts in queues, views and reports. */
export const ticketStatuses = sqliteTable('ticket_statuses', {
  id: text().primaryKey(),
  category: text({ enum: ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] }).notNull(),
  agentEn: text().notNull(),
  agentEl: text().notNull().default(''),
  customerEn: text().notNull(),
  customerEl: text().notNull().default(''),
  position: integer().notNull().default(0),
  isActive: integer({ mode: 'boolean' }).notNull().default(true),
  createdAt: moment().notNull(),
});
