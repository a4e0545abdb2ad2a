import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** A moment, in milliseconds since 1970. */
export const moment = () => integer({ mode: 'timestamp_ms' });

/** Settings of the workspace, one JSON value a key. */
export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text({ mode: 'json' }).notNull(),
});

/** Everything that happened: audit trail, history, and the queue of what has to follow. It only grows: the database itself refuses to change or delete what is in it. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    type: text().notNull(),
    subject: text().notNull(),
    revision: integer().notNull(),
    actorId: text(),
    /** The API token that its actor came with. */
    tokenId: text(),
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    createdAt: moment().notNull(),
    deliveredAt: moment(),
  },
  (t) => [uniqueIndex('outbox_one_writer').on(t.subject, t.revision), index('outbox_pending').on(t.createdAt)],
);

/** What may be tried only so often, one row an attempt, by hashed key: failed sign-ins, tickets of guests. Kept for a day. */
export const attempts = sqliteTable('attempts', {
  key: text().notNull(),
  at: moment().notNull(),
});

/** Answers to requests that may be sent twice, kept for a day. */
export const once = sqliteTable(
  'once',
  {
    key: text().primaryKey(),
    result: text().notNull(),
    /** A hash of what it answers, where the key does not name that already. */
    input: text().notNull().default(''),
    createdAt: moment().notNull(),
  },
  (t) => [index('once_by_age').on(t.createdAt)],
);
