import type { SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { maybe, type Query } from './query.ts';
import { type Statement, written } from './statement.ts';
import type { Viewer } from './viewer.ts';

/** Rows that were found, and the mark of what they tell of at that moment. */
interface Kept {
  mark: string;
  rows: unknown[];
  size: number;
  /** Whether it was the same when it was last looked at. What is not is asked for at once, so that what changes all the time costs no second trip. */
  isSteady: boolean;
}

/** Characters that are kept in all, and those that a place among them takes, whatever is in it. */
const ROOM = 16_000_000;
const PLACE = 200;

const kept = new Map<string, Kept>();
let held = 0;

/** Texts of SQL, by number: they are long, and few. */
const texts = new Map<string, number>();

function numberOf(text: string): number {
  const known = texts.get(text);
  if (known !== undefined) return known;
  texts.set(text, texts.size);
  return texts.size - 1;
}

function drop(key: string): void {
  held -= kept.get(key)?.size ?? 0;
  kept.delete(key);
}

function keep(key: string, one: Kept): void {
  drop(key);
  if (one.size > ROOM) return;
  kept.set(key, one);
  held += one.size;
  for (const oldest of kept.keys()) {
    if (held <= ROOM) return;
    drop(oldest);
  }
}

function recalled(key: string): Kept | undefined {
  const found = kept.get(key);
  if (!found) return undefined;
  kept.delete(key);
  kept.set(key, found);
  return found;
}

/** What a value takes, about, in characters; it cannot be changed from here on, since everybody is told the same one. */
function frozen(value: unknown): number {
  if (typeof value === 'string') return value.length + 16;
  if (typeof value !== 'object' || value === null) return 8;
  Object.freeze(value);
  return Object.entries(value).reduce((all, [, part]) => all + frozen(part), 32);
}

/** Asks again, at the next look, for what has a mark that begins with one of these ids: it was just changed. */
export function unsettle(ids: string[]): void {
  if (ids.length > 0) for (const one of kept.values()) if (ids.some((id) => one.mark.startsWith(id))) one.isSteady = false;
}

interface Marked {
  mark: string | null;
}

/** The mark of the thing with a number, as `access.ts` tells it: no row where the viewer does not see it. */
export const markedBy = (build: (db: Database, viewer: Viewer, number: SQLWrapper) => Statement<Marked>) =>
  maybe(
    written(
      (number: number) => ({ number }),
      (db, viewer, { number }) => build(db, viewer, number),
    ),
  );

/**
 * A query whose rows this worker keeps. With them it keeps the `mark` that the database had for what they tell of, and each time it asks for the mark alone: where that
 * is still the same, nothing has changed, and the rows are those that were kept; where it is another, they are asked for in one more trip. Triggers of the database draw
 * a mark anew in the commit that changes anything of it, so what is told is always what is there at that moment. Rows are kept for the SQL and the values that they were
 * asked with, so nobody is told what another may see. They cannot be changed.
 */
export function remembered<Ask extends (...args: never[]) => Query<unknown>>(ask: Ask, mark: (...args: Parameters<Ask>) => Query<Marked | undefined>): Ask {
  return ((...args: Parameters<Ask>): Query<unknown> => {
    const [whole, marked] = [ask(...args), mark(...args)];
    let [key, known, isGuess]: [string, Kept | undefined, boolean] = ['', undefined, false];
    return {
      asking(db, viewer) {
        const asking = whole.asking(db, viewer);
        key = asking ? `${numberOf(asking.sql)} ${JSON.stringify(asking.args)}` : '';
        known = recalled(key);
        isGuess = known?.isSteady ?? false;
        return isGuess ? undefined : asking;
      },
      marking: marked.asking,
      settled(marks, rows) {
        const now = marked.read(marks)?.mark;
        if (isGuess && now === known!.mark) return known!.rows;
        if (isGuess) known!.isSteady = false;
        else if (now && key) keep(key, { mark: now, rows, size: frozen(rows) + key.length + now.length + PLACE, isSteady: !known || known.mark === now });
        return isGuess ? undefined : rows;
      },
      read: whole.read,
    };
  }) as Ask;
}
