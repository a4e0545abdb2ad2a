import { sql } from 'drizzle-orm';
import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from '../accounts/schema.ts';
import { users } from '../people/schema.ts';
import { moment } from '../platform/schema.ts';
import type { Colour } from './colour.ts';
import type { Found } from './found.ts';
import type { Key } from './measures.ts';
import type { Capped } from './score.ts';

/**
 * How an account does, with what it is made of. `day` (from 1970, UTC) is the one it was last looked at, `score` what came of it under its limits and `uncapped`
 * without them; `pastScore` is that of four weeks before, and `noise` how many points may be none. Of an override until `overrideUntil`: a `value` that
 * stands in place of the score, or a `cap` that it stays under. `marks` counts what happened, and `dueAt` is when the clock looks again.
 */
export const accountHealth = sqliteTable('account_health', {
  accountId: text().primaryKey().references(() => accounts.id, { onDelete: 'cascade' }),
  dueAt: moment().notNull().default(new Date(0)),
  marks: integer().notNull().default(0),
  day: integer(),
  computedAt: moment(),
  score: real(),
  uncapped: real(),
  coverage: real(),
  colour: text().$type<Colour>(),
  parts: text({ mode: 'json' }).$type<Partial<Record<Key, Found>>>().notNull().default({}),
  caps: text({ mode: 'json' }).$type<Capped[]>().notNull().default([]),
  pastDay: integer(),
  pastScore: real(),
  noise: real(),
  overrideKind: text().$type<'value' | 'cap'>(),
  overridePoints: integer(),
  overrideReason: text(),
  overrideEvidence: text(),
  overrideBy: text().references(() => users.id),
  overrideAt: moment(),
  overrideUntil: moment(),
});

/** What was computed on each day, for eighteen weeks; `parts` are points and share of each measure, and go after five weeks. */
export const accountHealthDays = sqliteTable(
  'account_health_days',
  {
    accountId: text().notNull().references(() => accounts.id, { onDelete: 'cascade' }),
    day: integer().notNull(),
    score: real(),
    coverage: real().notNull(),
    colour: text().$type<Colour>(),
    parts: text({ mode: 'json' }).$type<Partial<Record<Key, [points: number, share: number]>>>(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.day] })],
);

/** The clock looks at it again, and knows that something happened since it began to. */
export const dueAgain = { dueAt: new Date(0), marks: sql`marks + 1` };

/** What is kept where nobody says otherwise than the measures. */
export const noOverride = { overrideKind: null, overridePoints: null, overrideReason: null, overrideEvidence: null, overrideBy: null, overrideAt: null, overrideUntil: null };
