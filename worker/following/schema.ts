import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import { topics } from '../forum/schema.ts';
import { moment } from '../platform/schema.ts';

/** How closely somebody follows: told of each word, shown among the unread, or never told at all. Who follows not at all has no row. */
const levels = ['watching', 'tracking', 'muted'] as const;
export type Level = (typeof levels)[number];

/** What people say themselves: with `normal` they are told when they are mentioned, whatever the team has set for them. Of topics that is no row. */
export const chosen = [...levels, 'normal'] as const;

/** What people follow. `target` is the id of a topic or category, or `tag:` and a tag. `byHand`: they said so themselves; otherwise they wrote there. */
export const follows = sqliteTable(
  'follows',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    target: text().notNull(),
    level: text({ enum: chosen }).notNull(),
    byHand: integer({ mode: 'boolean' }).notNull().default(true),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.target] })],
);

/** How closely people follow what they have chosen nothing for: those in a group of the team; with `groupId` empty, all who came since `createdAt`. */
export const followDefaults = sqliteTable(
  'follow_defaults',
  {
    target: text().notNull(),
    groupId: text().notNull().default(''),
    level: text({ enum: levels }).notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.target, t.groupId] })],
);

/** How far somebody read a topic: the number of the last post that was on a page they opened. */
export const reads = sqliteTable(
  'reads',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    topicId: text().notNull().references(() => topics.id, { onDelete: 'cascade' }),
    lastRead: integer().notNull(),
    readAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.topicId] })],
);

/** Muted: nothing of what they do is told. Ignored: what they write is folded, too. */
export const deafness = ['muted', 'ignored'] as const;

/** Whom people do not want to hear. */
export const ignored = sqliteTable(
  'ignored',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    personId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    level: text({ enum: deafness }).notNull(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.personId] })],
);
