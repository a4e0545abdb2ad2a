import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import { tickets } from '../tickets/schema.ts';

/** Tickets that are told to everybody who is about to ask the same: in words that staff wrote for them, of one language or both. */
export const incidents = sqliteTable('incidents', {
  id: text().primaryKey(),
  ticketId: text().notNull().unique().references(() => tickets.id, { onDelete: 'cascade' }),
  wordsEn: text().notNull(),
  wordsEl: text().notNull().default(''),
  shownAt: moment().notNull(),
});

/** Who wants to hear when one is fixed. */
export const incidentFollowers = sqliteTable(
  'incident_followers',
  {
    incidentId: text().notNull().references(() => incidents.id, { onDelete: 'cascade' }),
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.incidentId, t.userId] })],
);

/** Addresses of guests who want to hear when something known is fixed, by the hash of their link's key. They are written to once they confirmed it, and once only: `dueAt` says that the letter is to go, and the row goes with it. */
export const guestWaits = sqliteTable('guest_waits', {
  keyHash: text().primaryKey(),
  kind: text({ enum: ['topic', 'incident'] }).notNull(),
  /** Id of the topic or incident. */
  refId: text().notNull(),
  address: text().notNull(),
  locale: text({ enum: ['en', 'el'] }).notNull(),
  createdAt: moment().notNull(),
  confirmedAt: moment(),
  dueAt: moment(),
});
