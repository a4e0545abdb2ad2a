import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { groups } from '../groups/schema.ts';
import { users } from '../people/schema.ts';
import type { Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import type { Locale } from '../platform/viewer.ts';

/** What a macro changes of a ticket beside its text; what is left out stays. */
export interface Actions {
  /** What a reply leaves the ticket in: a kind, or the id of a status in own words. */
  status?: 'pending' | 'open' | 'on_hold' | 'solved' | `sts_${string}`;
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  assignee?: 'me' | 'nobody';
  addTags?: string[];
  removeTags?: string[];
}

/** Answers that are written once and sent often. Without an owner they are everyone's, or those of the members of a group. `used` counts how often one was sent. */
export const macros = sqliteTable('macros', {
  id: text().primaryKey(),
  ownerId: text().references(() => users.id, { onDelete: 'cascade' }),
  groupId: text().references(() => groups.id, { onDelete: 'cascade' }),
  folder: text().notNull().default(''),
  name: text().notNull(),
  texts: text({ mode: 'json' }).$type<Partial<Record<Locale, string>>>().notNull().default({}),
  visibility: text({ enum: ['public', 'internal'] }).notNull().default('public'),
  actions: text({ mode: 'json' }).$type<Actions>().notNull().default({}),
  used: integer().notNull().default(0),
  createdAt: moment().notNull(),
  updatedAt: moment().notNull(),
});

/** The statement that counts that somebody sent a macro so many times, or, below zero, took that back: part of the commit of what it said. What is not theirs is not counted. */
export const macroUsed = (db: Database, personId: string, id: string, times = 1): Writing =>
  db.update(macros).set({ used: sql`max(0, used + ${times})` }).where(and(eq(macros.id, id), or(isNull(macros.ownerId), eq(macros.ownerId, personId))));
