import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import type { Texts } from '../macros/access.ts';
import type { Words } from '../statuses/access.ts';
import { type Kept, type priorities, type statuses, tickets } from '../tickets/schema.ts';

/** What a bulk change says in each ticket: a macro as it was when that was started. */
export interface Saying {
  macro: string;
  name: string;
  texts: Texts;
  visibility: 'public' | 'internal';
  /** Ids of its files. */
  files: string[];
  /** What a ticket is after it, for its text; nothing, where it stays what it is. */
  becomes: { status: (typeof statuses)[number]; own: Words | null } | null;
}

/** What a bulk change does to each ticket: what is not said stays. Null is nobody, no group, or no words of its own. */
export interface Action {
  status?: (typeof statuses)[number] | undefined;
  statusId?: string | null | undefined;
  says?: Saying | undefined;
  priority?: (typeof priorities)[number] | undefined;
  assigneeId?: string | null | undefined;
  groupId?: string | null | undefined;
  addTags: string[];
  removeTags: string[];
}

/** What a ticket was before, moments in milliseconds. */
export type Before = Kept & { solvedAt: number | null; waitingSince: number | null; updatedAt: number };

/** Bulk changes. `seen` of `total` items are done, `looked` of them again when it is taken back; `back` is the list that they were chosen from. */
export const bulkRuns = sqliteTable('bulk_runs', {
  id: text().primaryKey(),
  actorId: text().notNull().references(() => users.id),
  action: text({ mode: 'json' }).$type<Action>().notNull(),
  back: text().notNull(),
  state: text({ enum: ['running', 'done', 'reverting', 'reverted'] }).notNull().default('running'),
  total: integer().notNull().default(0),
  seen: integer().notNull().default(0),
  changed: integer().notNull().default(0),
  refused: integer().notNull().default(0),
  looked: integer().notNull().default(0),
  restored: integer().notNull().default(0),
  createdAt: moment().notNull(),
  doneAt: moment(),
});

/** The tickets of a bulk change by `place` from 1, chosen once, with what came of each. `revision` is the one that the change made. */
export const bulkItems = sqliteTable(
  'bulk_items',
  {
    runId: text().notNull().references(() => bulkRuns.id, { onDelete: 'cascade' }),
    place: integer().notNull(),
    ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
    outcome: text({ enum: ['changed', 'unchanged', 'refused'] }),
    /** The sentence of a refusal. */
    why: text(),
    before: text({ mode: 'json' }).$type<Before>(),
    revision: integer(),
    /** What was said in it. */
    messageId: text(),
    reverted: text({ enum: ['restored', 'kept'] }),
  },
  (t) => [primaryKey({ columns: [t.runId, t.place] })],
);
