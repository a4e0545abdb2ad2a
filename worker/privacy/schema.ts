import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import type { Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import type { Locale } from '../platform/viewer.ts';
import { type Wording, wordings } from './wordings.ts';

/** What somebody agreed to: which wording, in which version and language, and when. */
export const consents = sqliteTable(
  'consents',
  {
    userId: text().notNull().references(() => users.id, { onDelete: 'cascade' }),
    wording: text().$type<Wording>().notNull(),
    version: text().notNull(),
    locale: text({ enum: ['en', 'el'] }).notNull(),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.wording, t.version] })],
);

/** The statements that note somebody's consent to every wording as it is now: for the commit that signs them up, too. Said twice it changes nothing. */
export const consented = (db: Database, userId: string, locale: Locale, at: Date): Writing[] =>
  Object.entries(wordings).map(([wording, version]) => db.insert(consents).values({ userId, wording: wording as Wording, version, locale, at }).onConflictDoNothing());

/** Certificates of erasing. `words`: whether what they wrote in public stays under a neutral name or goes. `userId` is a row that tells nothing of anybody any more. */
export const erasures = sqliteTable('erasures', {
  id: text().primaryKey(),
  userId: text().notNull().unique().references(() => users.id),
  words: text({ enum: ['stay', 'go'] }).notNull(),
  askedBy: text({ enum: ['self', 'staff'] }).notNull(),
  at: moment().notNull(),
  doneAt: moment(),
});
