import type { Database } from '../database/open.ts';

/** How many documents hold a word in their text and in their title, as far as they are counted, and whether one of them is for everybody. */
export interface Frequency {
  text: number;
  title: number;
  isPublic: boolean;
}

/** Words that are remembered, and for how many milliseconds. */
const [MOST, FRESH] = [5_000, 600_000];

interface Remembered {
  at: number;
  /** Undefined until it is counted, when it comes a second time: most words come once. */
  counted?: Frequency;
}

/** Words of late, as FTS5. What was counted only tells how to look for them: what is found is always looked up. */
const lately = new WeakMap<Database, Map<string, Remembered>>();

const wordsOf = (db: Database) => lately.get(db) ?? lately.set(db, new Map()).get(db)!;

function keep(db: Database, word: string, remembered: Remembered): void {
  const words = wordsOf(db);
  words.delete(word);
  words.set(word, remembered);
  if (words.size > MOST) words.delete(words.keys().next().value!);
}

function known(db: Database, word: string): Remembered | undefined {
  const found = wordsOf(db).get(word);
  return found && Date.now() - found.at < FRESH ? found : undefined;
}

/** What was counted of a word within ten minutes; undefined where nothing was. */
export const frequencyOf = (db: Database, word: string): Frequency | undefined => known(db, word)?.counted;

/** Whether a word came within ten minutes, and was not counted since. From now on it did come. */
export function isToCount(db: Database, word: string): boolean {
  const before = known(db, word);
  if (!before) keep(db, word, { at: Date.now() });
  return before !== undefined && before.counted === undefined;
}

/** Remembers what was counted. */
export const remember = (db: Database, word: string, counted: Frequency): void => keep(db, word, { at: Date.now(), counted });
