import type { Database } from '../database/open.ts';
import { frequencyOf } from './frequency.ts';
import type { Asked, Term } from './input.ts';
import { EXPECTED, RANKED, UNFINISHED } from './match.ts';

/** FTS5 that each ranking looks for; one that is not there is left out. */
export interface Plan {
  title: string | undefined;
  commonTitle: string | undefined;
  body: string | undefined;
  everyWord: string | undefined;
  anyWord: string | undefined;
  sideBySide: string | undefined;
}

/** Which of the words, by their places, are rare enough to be ranked, the rarest first; `some`: at least one of them is somewhere. */
interface Rare {
  places: Set<number>;
  some: boolean;
}

function rareOf(counts: number[], most: number): Rare {
  const places = new Set<number>();
  let sum = 0;
  for (const [n, place] of counts.map((n, place) => [n, place] as const).sort(([a, i], [b, j]) => a - b || i - j)) if ((sum += n) <= most) places.add(place);
  return { places, some: [...places].some((place) => counts[place]! > 0) };
}

const areKnown = (counts: (number | undefined)[]): counts is number[] => !counts.includes(undefined);
const enough = (n: number | undefined) => (n !== undefined && n < UNFINISHED ? undefined : n);
const orOf = (words: string[], also: string) => (words.length > 0 ? `(${words.join(' OR ')})${also}` : undefined);
const ranked = (terms: Term[], { places }: Rare, also: string) => orOf(terms.filter((_, i) => places.has(i)).map(({ w, twice }) => (twice ? `${w} OR ${w}` : w)), also);
const joined = (terms: Term[], how: 'AND' | 'OR', also: string) => `(${terms.map(({ w }) => `(${w})`).join(` ${how} `)})${also}`;

/**
 * What `matches` would find out in the database, where all words of a question were counted lately: then it needs not be asked. Undefined where
 * one was not, or is so rare that each more that holds it matters, or that it may be the beginning of another.
 */
export function planOf(db: Database, { terms, titleTerms, pairs }: Asked, also: string): Plan | undefined {
  if (terms.length === 0) return undefined;
  const texts = terms.map(({ w }) => enough(frequencyOf(db, w)?.text));
  const titles = titleTerms.map(({ w, p }) => {
    const n = frequencyOf(db, w)?.title;
    return p ? enough(n) : n;
  });
  if (!areKnown(texts) || !areKnown(titles)) return undefined;
  const [inTexts, inTitles] = [rareOf(texts, RANKED.search_index), rareOf(titles, RANKED.search_titles)];
  const all = joined(terms, 'AND', also);
  return {
    title: ranked(titleTerms, inTitles, also),
    commonTitle: inTitles.some ? undefined : `title : (${joined(titleTerms, 'AND', also)})`,
    body: ranked(terms, inTexts, also),
    everyWord: terms.length <= EXPECTED || !inTexts.some ? all : undefined,
    anyWord: inTexts.some ? undefined : joined(terms, 'OR', also),
    sideBySide: orOf(pairs.filter(({ a, b }) => inTexts.places.has(a) || inTexts.places.has(b)).map(({ w }) => w), also),
  };
}
