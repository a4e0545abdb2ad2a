import { sql } from 'drizzle-orm';

/** Words of what everybody may read. Whoever suggests one has yet to see that the viewer finds something by it. */
export const publicWords = sql.raw('spelling_words');

/** Ids of these words, by what is left of their beginnings. */
export const publicKeys = sql.raw('spelling_keys');

/** A search that was probably meant. */
export interface Meant {
  words: string;
  /** So near that it may be looked for unasked. Else it is only asked about: short words with two errors are as often others. */
  isSure: boolean;
}
