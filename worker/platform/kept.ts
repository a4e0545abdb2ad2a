import type { SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { Hold } from './hold.ts';
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

const kept = new Hold<Kept>(8_000_000);

/** Texts of SQL, by number: they are long, and few. */
const texts = new Map<string, number>();

function numberOf(text: string): number {
  const known = texts.get(text);
  if (known !== undefined) return known;
  texts.set(text, texts.size);
  return texts.size - 1;
}

/** What a value takes, about, in characters; it cannot be changed from here on, since everybody is told the same one. */
function frozen(value: unknown): number {
  if (typeof value === 'string') return value.length + 16;
  if (typeof value !== 'object' || value === null) return 8;
  Object.freeze(value);
  let size = 32;
  for (const part of Object.values(value)) size += frozen(part);
  return size;
}

/** Whether rows are kept, so that what is made of them may be, too. */
export const isKept = (rows: object): boolean => Object.isFrozen(rows);

/** What was asked for once, lately: most of it nobody asks for again, so it is not worth keeping. */
const once = new Set<string>();
const MOST_ONCE = 5_000;
/** Characters of a question, above which it is not kept at all. */
const LONGEST = 2_000;

/** Whether this was asked for before. */
function isAskedAgain(key: string): boolean {
  if (key.length > LONGEST) return false;
  if (once.delete(key)) return true;
  if (once.size >= MOST_ONCE) once.delete(once.values().next().value!);
  once.add(key);
  return false;
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
 * A query whose rows this worker keeps once they were asked for twice. With them it keeps the `mark` that the database had for what they tell of, and each time it asks
 * for the mark alone: where that is still the same, nothing has changed, and the rows are those that were kept; where it is another, they are asked for in one more trip.
 * Triggers of the database draw a mark anew in the commit that changes anything of it, so what is told is always what is there at that moment. Rows are kept for the SQL
 * and the values that they were asked with, so nobody is told what another may see. They cannot be changed.
 */
export function remembered<Ask extends (...args: never[]) => Query<unknown>>(ask: Ask, mark: (...args: Parameters<Ask>) => Query<Marked | undefined>): Ask {
  return ((...args: Parameters<Ask>): Query<unknown> => {
    const [whole, marked] = [ask(...args), mark(...args)];
    let [key, known, isGuess, isWatched]: [string, Kept | undefined, boolean, boolean] = ['', undefined, false, false];
    return {
      asking(db, viewer) {
        const asking = whole.asking(db, viewer);
        key = asking ? `${numberOf(asking.sql)} ${JSON.stringify(asking.args)}` : '';
        known = kept.get(key);
        isGuess = known?.isSteady ?? false;
        isWatched = known !== undefined || (key !== '' && isAskedAgain(key));
        return isGuess ? undefined : asking;
      },
      marking: (db, viewer) => (isWatched ? marked.asking(db, viewer) : undefined),
      settled(marks, rows) {
        if (!isWatched) return rows;
        const now = marked.read(marks)?.mark;
        if (isGuess && now === known!.mark) return known!.rows;
        if (isGuess) known!.isSteady = false;
        else if (now) kept.set(key, { mark: now, rows, size: frozen(rows) + now.length, isSteady: !known || known.mark === now });
        return isGuess ? undefined : rows;
      },
      read: whole.read,
    };
  }) as Ask;
}
