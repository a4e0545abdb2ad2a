import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import { tickets } from '../tickets/schema.ts';

/** A conversation beside a ticket, with colleagues or people of other companies. Its customer never sees that there is one. */
export const sides = sqliteTable('sides', {
  id: text().primaryKey(),
  ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
  subject: text().notNull(),
  lastMessageAt: moment().notNull(),
  createdAt: moment().notNull(),
});

/** Who takes part: a colleague, or somebody outside with an address, for whom a signed link opens this conversation and nothing else. */
export const sideMembers = sqliteTable('side_members', {
  id: text().primaryKey(),
  sideId: text().notNull().references(() => sides.id, { onDelete: 'cascade' }),
  userId: text().references(() => users.id, { onDelete: 'cascade' }),
  email: text(),
  name: text().notNull(),
  locale: text({ enum: ['en', 'el'] }).notNull().default('en'),
  /** SHA-256 of the key in their link. */
  keyHash: text().unique(),
  createdAt: moment().notNull(),
});

export const sideMessages = sqliteTable('side_messages', {
  id: text().primaryKey(),
  sideId: text().notNull().references(() => sides.id, { onDelete: 'cascade' }),
  authorId: text().notNull().references(() => sideMembers.id, { onDelete: 'cascade' }),
  body: text().notNull(),
  html: text(),
  renderer: integer().notNull().default(0),
  createdAt: moment().notNull(),
});
