import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import type { Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';

/** Why somebody new is looked at: the workspace looks at all of them, a listed mail address or network, many from one network, a link in a name, or the name of somebody who works here. `detail` is what it was found by. */
export const signs = ['all', 'mail', 'network', 'many', 'link', 'staff'] as const;
export interface Sign {
  sign: (typeof signs)[number];
  detail: string;
}

const newcomerStates = ['open', 'approved', 'rejected'] as const;

/** New people whom a moderator looks at. Until they are approved they are not listed, and what they write waits. */
export const newcomers = sqliteTable('newcomers', {
  userId: text().primaryKey().references(() => users.id, { onDelete: 'cascade' }),
  signs: text({ mode: 'json' }).$type<Sign[]>().notNull(),
  status: text({ enum: newcomerStates }).notNull().default('open'),
  claimedBy: text().references(() => users.id),
  decidedBy: text().references(() => users.id),
  openedAt: moment().notNull(),
  decidedAt: moment(),
});

/** The statement that brings somebody new before the moderators, if there are signs. Whom they looked at before they look at again. */
export const lookedAt = (db: Database, userId: string, found: Sign[], now: Date): Writing[] => {
  const again = { signs: found, status: 'open' as const, claimedBy: null, decidedBy: null, openedAt: now, decidedAt: null };
  return found.length === 0 ? [] : [db.insert(newcomers).values({ userId, ...again }).onConflictDoUpdate({ target: newcomers.userId, set: again })];
};
