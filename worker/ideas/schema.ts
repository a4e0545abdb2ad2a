import { and, eq } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

export const ideas = sqliteTable('ideas', {
  id: text().primaryKey(),
  number: integer().notNull().unique(),
  authorId: text().notNull().references(() => users.id),
  title: text().notNull(),
  body: text().notNull(),
  status: text().notNull().default('open'),
  createdAt: moment().notNull(),
  /** Since when nobody reads it. */
  hiddenAt: moment(),
  importId: text(),
});

/** How somebody votes: `none` takes a vote back. Ideas and topics are only voted for. */
export const voteValues = ['up', 'down', 'none'] as const;

/**
 * One vote a person on anything: an idea, a topic, a post. A vote on a topic is one on its first post. `value` is 1 or -1; `toId` is whose post it is,
 * and with `createdAt` is only known of votes on posts that were given here.
 */
export const votes = sqliteTable(
  'votes',
  {
    onId: text().notNull(),
    authorId: text().notNull().references(() => users.id),
    value: integer().notNull().default(1),
    createdAt: integer().notNull().default(0),
    toId: text(),
  },
  (t) => [primaryKey({ columns: [t.onId, t.authorId] })],
);

/** The statement that gives or takes back a person's one vote. Said twice it changes nothing. */
export const voted = (db: Database, onId: string, authorId: string, isFor: boolean) =>
  isFor ? db.insert(votes).values({ onId, authorId }).onConflictDoUpdate({ target: [votes.onId, votes.authorId], set: { value: 1 } }) : db.delete(votes).where(and(eq(votes.onId, onId), eq(votes.authorId, authorId)));

/** The statement that gives, changes or takes back a person's vote on a post of somebody else's. */
export const vote = (db: Database, { onId, authorId, value, toId, createdAt }: { onId: string; authorId: string; value: (typeof voteValues)[number]; toId: string; createdAt: number }) => {
  if (value === 'none') return db.delete(votes).where(and(eq(votes.onId, onId), eq(votes.authorId, authorId)));
  const given = { value: value === 'up' ? 1 : -1, toId, createdAt };
  return db.insert(votes).values({ onId, authorId, ...given }).onConflictDoUpdate({ target: [votes.onId, votes.authorId], set: given });
};
