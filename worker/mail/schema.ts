import { and, eq, type SQL, sql } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import type { Letter } from '../platform/mail.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';

/**
 * Mail on its way and mail that went. `queued` waits for `sendAfter`; `sent` was handed over, and its words are gone; `failed` was given up;
 * `kept` stays here, for a workspace that sends no mail. `event` and `draft` are there until then, for who gave a letter words of their own.
 */
export const mails = sqliteTable('mails', {
  id: text().primaryKey(),
  toAddress: text().notNull(),
  locale: text({ enum: ['en', 'el'] }).notNull(),
  purpose: text().notNull(),
  subject: text().notNull(),
  text: text().notNull(),
  html: text().notNull(),
  event: text(),
  draft: text({ mode: 'json' }).$type<NonNullable<Letter['draft']>>(),
  headers: text({ mode: 'json' }).$type<Record<string, string>>().notNull().default({}),
  state: text({ enum: ['queued', 'sent', 'failed', 'kept'] }).notNull().default('queued'),
  attempts: integer().notNull().default(0),
  sendAfter: moment().notNull(),
  createdAt: moment().notNull(),
  sentAt: moment(),
  error: text(),
});

/** Words that a workspace chose for a letter, in one language, instead of its own. */
export const mailTemplates = sqliteTable('mail_templates', { event: text().notNull(), locale: text({ enum: ['en', 'el'] }).notNull(), subject: text().notNull(), text: text().notNull() }, (t) => [primaryKey({ columns: [t.event, t.locale] })]);

/** The statement that posts a letter: part of the commit that is its reason, so that it goes if, and only if, that happened. */
export const posted = (db: Database, { newId, now }: Pick<Setting, 'newId' | 'now'>, { to, ...letter }: Letter, id = newId('mal')): Writing =>
  db.insert(mails).values({ ...letter, headers: letter.headers ?? {}, id, toAddress: to, sendAfter: now, createdAt: now });

/** The statement that takes a letter back that the same commit posted, where `reason` holds. */
export const takenBack = (db: Database, id: string, reason: SQL): Writing => db.delete(mails).where(and(eq(mails.id, id), reason));

/** How many letters of these purposes went to an address since a moment, the one just posted among them. */
export const postedTo = (address: string, purposes: readonly string[], since: Date): SQL<number> =>
  sql<number>`(select count(*) from mails as earlier where earlier.to_address = ${address} and earlier.created_at > ${since.getTime()} and earlier.purpose in (select value from json_each(${JSON.stringify(purposes)})))`;

/** Whether a letter is there still. */
export const isPosted = (id: string): SQL<boolean> => sql<boolean>`exists (select 1 from mails where id = ${id})`;
