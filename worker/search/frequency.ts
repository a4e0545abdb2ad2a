import type { Database } from '../database/open.ts';

/** How many documents hold a word in their text and in their title, as far as they are counted, and whether one of them is for everybody. */
export interface Frequency {
  text: number;
  title: number;
  isPublic: boolean;
}

/** Words that are remembered, and for how many milliseconds. */
const [MOST, FRESH] = [5_000, 600_000];

/** Words as FTS5, counted lately. It only tells how to look for them: what is found is always looked up. */
const lately = new WeakMap<Database, Map<string, Frequency & { at: number }>>();

/** What was counted of a word within ten minutes; undefined where nothing was, or so few that each one more matters. */
export function frequencyOf(db: Database, word: string): Frequency | undefined {
  const known = lately.get(db)?.get(word);
  return known && Date.now() - known.at < FRESH ? known : undefined;
}

/** Remembers what was counted. */
export function remember(db: Database, word: string, frequency: Frequency): void {
  const words = lately.get(db) ?? lately.set(db, new Map()).get(db)!;
  words.delete(word);
  words.set(word, { ...frequency, at: Date.now() });
  if (words.size > MOST) words.delete(words.keys().next().value!);
}
