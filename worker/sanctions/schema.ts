import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { statementsOfReasons } from '../moderation/schema.ts';
import { moment } from '../platform/schema.ts';

/** From a word to shutting out; `deletion` shuts out too, and takes everything of theirs from view. */
export const sanctionKinds = ['warning', 'silence', 'suspension', 'deletion'] as const;
export type SanctionKind = (typeof sanctionKinds)[number];

/** In the year 9999: until somebody lifts it. */
export const FOREVER = new Date(253_402_300_799_000);

/** What lifting gives back: ids of what was hidden, what it decided, and how long they were shut out before. */
export interface Taken {
  posts: string[];
  topics?: string[];
  ideas?: string[];
  reviews?: { id: string; by: string | null; at: number | null }[];
  flags?: [post: string, author: string][];
  /** Themself, where they were new and not looked at before. */
  newcomers?: string[];
  suspendedAt?: number | null;
  suspendedUntil?: number | null;
}

/**
 * What was done to somebody. `words` are for them, `note` for those who moderate. Without `byId` it was a rule. `until` nothing is for good, or, of a
 * warning, for the moment.
 */
export const sanctions = sqliteTable('sanctions', {
  id: text().primaryKey(),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  kind: text({ enum: sanctionKinds }).notNull(),
  code: text().notNull(),
  words: text().notNull().default(''),
  note: text().notNull().default(''),
  byId: text().references(() => users.id),
  until: moment(),
  took: text({ mode: 'json' }).$type<Taken>(),
  createdAt: moment().notNull(),
  liftedAt: moment(),
  liftedBy: text().references(() => users.id),
  liftWords: text().notNull().default(''),
});

/** What somebody says against a decision about them, once each, and what came of it. */
export const appeals = sqliteTable('appeals', {
  id: text().primaryKey(),
  statementId: text().notNull().unique().references(() => statementsOfReasons.id, { onDelete: 'cascade' }),
  userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
  words: text().notNull(),
  status: text({ enum: ['open', 'upheld', 'overturned'] }).notNull().default('open'),
  answer: text().notNull().default(''),
  decidedBy: text().references(() => users.id),
  createdAt: moment().notNull(),
  decidedAt: moment(),
});

/** What a spammer came with, so that they do not come again: their address, their networks, the hosts they linked to. Lower case. */
export const blocks = sqliteTable(
  'blocks',
  {
    kind: text({ enum: ['email', 'network', 'link'] }).notNull(),
    value: text().notNull(),
    sanctionId: text().notNull().references(() => sanctions.id, { onDelete: 'cascade' }),
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.value, t.sanctionId] })],
);
