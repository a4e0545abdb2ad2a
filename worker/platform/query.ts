import type { BatchItem } from 'drizzle-orm/batch';
import type { Database } from '../database/open.ts';
import { notFound } from './refusal.ts';
import type { Viewer } from './viewer.ts';

export type Statement<Row = unknown> = BatchItem<'sqlite'> & PromiseLike<Row[]>;

/** A read waiting for a viewer. `portal.load` sends any number of them in one round trip. */
export interface Query<Result> {
  statement(db: Database, viewer: Viewer): Statement;
  read(rows: unknown[]): Result;
}

type Build<Args extends unknown[], Row> = (db: Database, viewer: Viewer, ...args: Args) => Statement<Row>;

/** All rows. */
export const many =
  <Args extends unknown[], Row>(build: Build<Args, Row>) =>
  (...args: Args): Query<Row[]> => ({
    statement: (db, viewer) => build(db, viewer, ...args),
    read: (rows) => rows as Row[],
  });

/** Exactly one row: what the viewer cannot see does not exist for them, and is refused as `not_found`. */
export const one =
  <Args extends unknown[], Row>(build: Build<Args, Row>) =>
  (...args: Args): Query<Row> => ({
    statement: (db, viewer) => build(db, viewer, ...args),
    read: (rows) => {
      if (rows.length === 0) throw notFound();
      return rows[0] as Row;
    },
  });

/** The first row, or undefined. */
export const maybe =
  <Args extends unknown[], Row>(build: Build<Args, Row>) =>
  (...args: Args): Query<Row | undefined> => ({
    statement: (db, viewer) => build(db, viewer, ...args),
    read: (rows) => rows[0] as Row | undefined,
  });

/** A page of a list: at most `limit` items, and the cursor of the next page, or null. */
export interface Page<Row> {
  items: Row[];
  next: string | null;
}

/** What a list is asked for: where it goes on, and how long it may be. */
export interface Slice {
  after?: string | undefined;
  limit: number;
}

/** A keyset page: `build` asks for `limit + 1` rows after the cursor; `cursor` names the columns of the order. */
export const page =
  <Args extends unknown[], Row>(cursor: (row: Row) => (string | number)[], build: (db: Database, viewer: Viewer, slice: Slice, ...args: Args) => Statement<Row>) =>
  (slice: Slice, ...args: Args): Query<Page<Row>> => ({
    statement: (db, viewer) => build(db, viewer, slice, ...args),
    read: (rows) => {
      const items = (rows as Row[]).slice(0, slice.limit);
      const last = items.at(-1);
      return { items, next: rows.length > slice.limit && last ? encodeCursor(cursor(last)) : null };
    },
  });

/** Values of a keyset → an opaque cursor. */
export const encodeCursor = (values: (string | number)[]) => btoa(encodeURIComponent(JSON.stringify(values))).replaceAll('=', '');

/** The largest moment there is, in milliseconds: a cursor's number beyond it is none of ours. */
const LARGEST = 8.64e15;

const isOf = (kind: 'number' | 'string', value: unknown) => typeof value === kind && (kind === 'string' || (Number.isInteger(value) && Math.abs(value as number) <= LARGEST));

/** An opaque cursor → its values, or undefined when it is none of ours: when they are not of these `kinds`, one each. */
export function decodeCursor(cursor: string | undefined, kinds: readonly ('number' | 'string')[]): (string | number)[] | undefined {
  if (!cursor) return undefined;
  try {
    const values: unknown = JSON.parse(decodeURIComponent(atob(cursor)));
    return Array.isArray(values) && values.length === kinds.length && kinds.every((kind, i) => isOf(kind, values[i])) ? values : undefined;
  } catch {
    return undefined;
  }
}
