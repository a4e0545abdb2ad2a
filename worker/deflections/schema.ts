import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from '../people/schema.ts';
import type { Writing } from '../platform/operation.ts';
import { keyOf } from '../platform/limits.ts';
import { moment } from '../platform/schema.ts';
import { raw } from '../platform/statement.ts';
import { DAY } from '../platform/time.ts';

/** What can solve it. An incident is what somebody waits for instead. */
export const helperKinds = ['article', 'topic', 'incident'] as const;

/** Tickets that were not sent, since an article or topic solved it or it was known already: by whom (a person, or a hash of a guest's address), and when one was sent after all. */
export const deflections = sqliteTable('deflections', {
  id: text().primaryKey(),
  kind: text({ enum: helperKinds }).notNull(),
  refId: text().notNull(),
  who: text().notNull(),
  userId: text().references(() => users.id, { onDelete: 'cascade' }),
  createdAt: moment().notNull(),
  takenBackAt: moment(),
});

/** How many there were: in a month (`2026-01`, `kind` and `refId` empty), and in all by what solved it (`month` empty). Those taken back are among them. */
export const deflectionCounts = sqliteTable(
  'deflection_counts',
  { month: text().notNull(), kind: text({ enum: [...helperKinds, ''] }).notNull(), refId: text().notNull(), deflected: integer().notNull().default(0), takenBack: integer().notNull().default(0) },
  (t) => [primaryKey({ columns: [t.month, t.kind, t.refId] })],
);

/** How long a ticket of the same person takes a deflection back, in milliseconds. */
export const TAKES_BACK = DAY;

/** What a guest is known by here. */
export const guestOf = (email: string) => `guest:${keyOf('deflected', email)}`;

const counting = (column: 'deflected' | 'taken_back', where: string, params: unknown[]): Writing[] =>
  [`strftime('%Y-%m', d.created_at / 1000, 'unixepoch'), '', ''`, `'', d.kind, d.ref_id`].map((place) =>
    raw(`insert into deflection_counts (month, kind, ref_id, ${column}) select ${place}, 1 from deflections d where ${where} on conflict (month, kind, ref_id) do update set ${column} = ${column} + 1`, params),
  );

/** The statements that count a deflection that this commit has added. */
export const deflectionCounted = (id: string): Writing[] => counting('deflected', 'd.id = ?', [id]);

/** The statements that take back what was solved by reading within the last day, for those who open a ticket after all: by what they are known as. */
export function takenBack(whos: string[], now: Date): Writing[] {
  const params = [JSON.stringify(whos), now.getTime() - TAKES_BACK];
  const lately = (d: string) => `${d}who in (select value from json_each(?)) and ${d}created_at > ? and ${d}taken_back_at is null`;
  return [...counting('taken_back', lately('d.'), params), raw(`update deflections set taken_back_at = ? where ${lately('')}`, [now.getTime(), ...params])];
}
