import type { Database } from '../database/open.ts';
import { notFound } from './refusal.ts';
import { type Asking, asked, type Statement } from './statement.ts';
import { ALL_PARTS, type Part, type Viewer } from './viewer.ts';

export type { Statement };

/** A read waiting for a viewer. `portal.load` sends any number of them in one round trip. */
export interface Query<Result> {
  /** Undefined where this viewer can be told at once: there are no rows for them. */
  asking(db: Database, viewer: Viewer): Asking | undefined;
  /** What is asked beside it, to know whether what is kept of it is still so. */
  marking?(db: Database, viewer: Viewer): Asking | undefined;
  /** The rows that it is told by, after what was asked beside it and itself; undefined where it has to be asked again. */
  settled?(marks: unknown[], rows: unknown[]): unknown[] | undefined;
  read(rows: unknown[]): Result;
  /** The parts that it leaves out where its viewer has nothing of them, so that it is asked again where they have what was not thought. */
  minds?: readonly Part[];
}

/** How a query is put into SQL: anew each time, or, as `written`, once. */
type Build<Args extends unknown[], Row> = (db: Database, viewer: Viewer, ...args: Args) => Statement<Row> | Asking<Row> | undefined;

/** Spares the database a question that it would answer with nothing: it is asked only where `has` says so. Who sees which rows is still for `access.ts` to say. */
export const onlyIf =
  <Args extends unknown[], Row>(build: Build<Args, Row>, has: (viewer: Viewer, ...args: Args) => boolean): Build<Args, Row> =>
  (db, viewer, ...args) =>
    has(viewer, ...args) ? build(db, viewer, ...args) : undefined;

const query = <Args extends unknown[], Row, Result>(build: Build<Args, Row>, args: Args, read: (rows: Row[]) => Result): Query<Result> => ({
  asking(db, viewer) {
    const built = build(db, viewer, ...args);
    return built && asked(built);
  },
  read: read as (rows: unknown[]) => Result,
});

/** What leaves these parts out where its viewer has nothing of them, as `mayHave` tells it; all of them where none are named. */
export const minding =
  <Args extends unknown[], Result>(ask: (...args: Args) => Query<Result>, minds: readonly Part[] = ALL_PARTS) =>
  (...args: Args): Query<Result> => ({ ...ask(...args), minds });

/** All rows. */
export const many =
  <Args extends unknown[], Row>(build: Build<Args, Row>) =>
  (...args: Args): Query<Row[]> =>
    query(build, args, (rows) => rows);

/** Exactly one row: what the viewer cannot see does not exist for them, and is refused as `not_found`. */
export const one =
  <Args extends unknown[], Row>(build: Build<Args, Row>) =>
  (...args: Args): Query<Row> =>
    query(build, args, ([row]) => {
      if (row === undefined) throw notFound();
      return row;
    });

/** The first row, or undefined. */
export const maybe =
  <Args extends unknown[], Row>(build: Build<Args, Row>) =>
  (...args: Args): Query<Row | undefined> =>
    query(build, args, ([row]) => row);

const isSame = (one: Asking, other: Asking) => one.sql === other.sql && one.args.every((arg, i) => arg === other.args[i]);

/** What queries found, in their order, in one round trip; in none where none has to be asked. What several ask alike is asked once. */
export async function answersTo(db: Database, askings: (Asking | undefined)[]): Promise<unknown[][]> {
  const sent: Asking[] = [];
  for (const one of askings) if (one && !sent.some((other) => isSame(one, other))) sent.push(one);
  if (sent.length === 0) return askings.map(() => []);
  const found = await db.read(sent);
  return askings.map((one) => (one ? one.rows(found[sent.findIndex((other) => isSame(one, other))]!) : []));
}

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
  <Args extends unknown[], Row extends Key, Key>(cursor: (row: Key) => (string | number)[], build: Build<[Slice, ...Args], Row>) =>
  (slice: Slice, ...args: Args): Query<Page<Row>> =>
    query(build, [slice, ...args], (rows) => {
      const items = rows.slice(0, slice.limit);
      const last = items.at(-1);
      return { items, next: rows.length > slice.limit && last ? encodeCursor(cursor(last)) : null };
    });

/** Where a list falling by (moment or rank, id) goes on, as values for `written`: `at` and `last` are both there or neither; `most` tells whether there is more. */
export function onward({ after, limit }: Slice) {
  const [at, last] = (decodeCursor(after, ['number', 'string']) ?? []) as [number?, string?];
  return { at, last, most: limit + 1 };
}

/** The same for a list in the order of numbers. */
export function onwardByNumber({ after, limit }: Slice) {
  const [from] = (decodeCursor(after, ['number']) ?? []) as [number?];
  return { from, most: limit + 1 };
}

/** Values of a keyset → an opaque cursor. */
export const encodeCursor = (values: (string | number)[]) => btoa(encodeURIComponent(JSON.stringify(values))).replaceAll('=', '');

/** The largest moment there is, in milliseconds: a cursor's number beyond it is none of ours. */
const LARGEST = 8.64e15;

const isOf = (kind: 'number' | 'string', value: unknown) => typeof value === kind && (kind === 'string' || (Number.isInteger(value) && Math.abs(value as number) <= LARGEST));

/** An opaque cursor → its values, or undefined when it is none of ours: when they are not of these `kinds`, one each, where they are said. */
export function decodeCursor(cursor: string | undefined, kinds?: readonly ('number' | 'string')[]): (string | number)[] | undefined {
  if (!cursor) return undefined;
  try {
    const values: unknown = JSON.parse(decodeURIComponent(atob(cursor)));
    if (!Array.isArray(values) || (kinds && values.length !== kinds.length)) return undefined;
    return values.every((value, i) => (kinds ? isOf(kinds[i]!, value) : isOf('number', value) || isOf('string', value))) ? values : undefined;
  } catch {
    return undefined;
  }
}
