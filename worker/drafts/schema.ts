import { and, eq } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';

export { NEW_TOPIC } from './place.ts';

/** What somebody began to write, one a person and place. `revision` counts how often it was saved. */
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
  },
  (t) => [primaryKey({ columns: [t.userId, t.place] })],
);

/** The statement that ends a draft: part of the commit that publishes it, or that throws it away. */
export const draftGone = (db: Database, userId: string, place: string) => db.delete(drafts).where(and(eq(drafts.userId, userId), eq(drafts.place, place)));
