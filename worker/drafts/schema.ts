import { and, eq, sql } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import type { Change } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { moment } from '../platform/schema.ts';
import { change } from '../platform/statement.ts';

export { NEW_TOPIC } from './place.ts';

/** What somebody began to write, one a person and place. `revision` counts how often it was saved; `crossed` is the message for which an answer in a ticket was not sent and is a draft again. */
export const drafts = sqliteTable(
  'drafts',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    place: text().notNull(),
    title: text().notNull().default(''),
    category: text().notNull().default(''),
    kind: text().notNull().default(''),
    tags: text().notNull().default(''),
    body: text().notNull().default(''),
    /** Ids of files. */
    files: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    revision: integer().notNull().default(1),
    savedAt: moment().notNull(),
    crossed: text(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.place] })],
);

/** The statement that ends a draft: part of the commit that publishes it, or that throws it away. */
export const draftGone = (db: Database, userId: string, place: string) => gone(db, { userId, place });

const gone = change<{ userId: string; place: string }>((db, { userId, place }) => db.delete(drafts).where(and(eq(drafts.userId, userId), eq(drafts.place, place))));

/** The statement that ends a draft of which nothing is left, unless another tab kept something later. */
export const emptied = (db: Database, { userId, place, draft }: Pick<Kept, 'userId' | 'place' | 'draft'>) => db.delete(drafts).where(and(eq(drafts.userId, userId), eq(drafts.place, place), eq(drafts.revision, draft)));

interface Kept {
  userId: string;
  place: string;
  typed: Partial<typeof drafts.$inferInsert>;
  /** How often it was saved when the form was opened. */
  draft: number;
  now: Date;
}

/** The change that keeps a draft, unless another tab kept something later: then it is refused as `conflict`. It is no event: nobody else hears of it. */
export function kept(db: Database, { userId, place, typed, draft, now }: Kept): Change<{ revision: number }> {
  const last = sql<number>`(select coalesce(max(revision), 0) from drafts where user_id = ${userId} and place = ${place})`;
  const values = { ...typed, revision: draft + 1, savedAt: now };
  return {
    guard: { holds: sql`${last} = ${draft}`, otherwise: new Refusal('conflict', 'You saved something else here in another tab. Below is what you typed now; save again to keep this one.') },
    statements: [db.insert(drafts).values({ userId, place, ...values }).onConflictDoUpdate({ target: [drafts.userId, drafts.place], set: values })],
    events: [],
    result: { revision: draft + 1 },
  };
}
