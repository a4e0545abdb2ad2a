import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { moment } from '../platform/schema.ts';
import { tickets } from '../tickets/schema.ts';

/** `from` is the parent, the problem, what blocks, the duplicate, the newer ticket; `to` the child, the incident, what waits, the original, the older one. */
export const linkKinds = ['parent', 'problem', 'blocks', 'duplicate', 'related', 'split', 'follow_up'] as const;

/** How tickets have to do with each other. */
export const ticketLinks = sqliteTable(
  'ticket_links',
  {
    fromId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
    toId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
    kind: text({ enum: linkKinds }).notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fromId, t.toId, t.kind] })],
);

/** What engineers keep elsewhere of a ticket: the same `reference` on many tickets is one item of theirs. */
export const ticketTrackers = sqliteTable(
  'ticket_trackers',
  {
    ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
    reference: text().notNull(),
    url: text(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ticketId, t.reference] })],
);
