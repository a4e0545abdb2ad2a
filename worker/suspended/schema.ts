import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import { hashOf } from '../platform/signature.ts';
import { DAY } from '../platform/time.ts';
import { locales } from '../platform/viewer.ts';
import type { Cause } from './judge.ts';
import { bareAddress, domainOf } from './senders.ts';

export { bareAddress };

/** How long what waits is kept, in milliseconds: fourteen days. */
export const KEPT = 14 * DAY;

/**
 * Tickets that wait for somebody to look at them, as they were sent. They are no tickets: no queue, view, search, count, letter or list of tickets can
 * hold them. Their id and number are those that the ticket will have. `userId` is who was signed in; a guest has an address only. `answers` are by the ids of the questions.
 */
export const suspendedTickets = sqliteTable('suspended_tickets', {
  id: text().primaryKey(),
  number: integer().notNull().unique(),
  email: text().notNull(),
  userId: text().references(() => users.id),
  locale: text({ enum: locales }).notNull(),
  subject: text().notNull(),
  body: text().notNull(),
  priority: text({ enum: ['low', 'normal', 'high', 'urgent'] }).notNull(),
  formId: text(),
  answers: text({ mode: 'json' }).$type<Record<string, string[]>>().notNull().default({}),
  causes: text({ mode: 'json' }).$type<Cause[]>().notNull(),
  createdAt: moment().notNull(),
});

/** Who sent tickets within the last day, as far as they are counted. */
export const ticketSenders = sqliteTable('ticket_senders', { domain: text().notNull(), address: text().notNull(), at: moment().notNull() });

/** Addresses, and domains with all below them, whose tickets do not wait. */
export const trustedSenders = sqliteTable('trusted_senders', {
  id: text().primaryKey(),
  pattern: text().notNull().unique(),
  note: text().notNull().default(''),
  addedBy: text().references(() => users.id),
  createdAt: moment().notNull(),
});

/** Trusted senders of a workspace. */
export const MOST_TRUSTED = 1_000;

/** The id of a trusted sender: the log tells of it by that, and forgets it with the person whose address it is. */
export const idOfTrusted = (pattern: string) => `tru_${hashOf(pattern).slice(0, 32)}`;

/** A sender as they are counted. */
export const countedAs = (address: string, at: Date) => ({ domain: domainOf(address), address: bareAddress(address), at });
