import { folded, askedWords, isSpaced, otherStemOf, phraseOf, stemOf, wordsIn, wordsOf } from '../platform/text.ts';
import { isCommon } from '../search/access.ts';
import { signOf } from './schema.ts';

/** Words of a question that are looked for, and letters from which the last may be the beginning of another. */
const [MOST, BEGUN] = [10, 3];

/** Matches nothing: the sign is never a word by itself. */
export const NOTHING = '"§"';

/** One word or phrase of a question: FTS5 over texts, and over names of people and accounts. */
interface Term {
  w: string;
  n: string;
}

/** What staff look for, as FTS5. */
export interface Sought {
  terms: Term[];
  /** Every word in the subject; nothing where there is no word. */
  subject: string;
  /** Every word in one name or address. */
  names: string;
  /** What must not be there. Empty when nothing is excluded. */
  without: string;
  /** Folded words and their stems, for marking passages. */
  marks: string[];
}

const named = (words: string[], isBegun: boolean) => (words.length === 0 ? NOTHING : `words : (${words.map((word, i) => (isBegun && i === words.length - 1 && word.length >= BEGUN ? `"${word}" *` : `"${word}"`)).join(' AND ')})`);

/** FTS5 that finds the people and accounts who are called what was typed: every word of it, the last perhaps not to its end. */
export const namesLike = (typed: string): string => named(wordsOf(typed).slice(0, MOST), true);

/** What a word may be the beginning of, whichever language a text is in. */
const begun = (word: string) => [...new Set([stemOf(word), word, ...(/^[a-z]/.test(word) ? [`§§${word}`] : [])])].map((one) => ` OR "${one}" *`).join('');

/** What was typed → what is looked for. "Phrases" stay together, `-word` excludes, words in any form, the last perhaps not to its end. No input is a syntax error. */
export function sought(typed: string): Sought {
  const text = folded(typed.toWellFormed().replaceAll('\u0000', ' '));
  const parts = [...text.matchAll(/(-?)"([^"]*)"|(?<=^|\s)(-?)([^\s"]+)|()()()([^\s"]+)/g)]
    .map((match) => ({ not: (match[1] || match[3]) === '-', words: wordsIn(match[2] ?? match[4] ?? match[8] ?? ''), quoted: match[2] !== undefined }))
    .filter(({ words }) => words.length > 0);
  const wanted = parts.filter(({ not }) => !not);
  const free = wanted.filter(({ quoted }) => !quoted).flatMap(({ words }) => words);
  const telling = free.filter((word) => !isCommon(word));
  const words = (telling.length > 0 ? telling : free).slice(0, MOST);
  const last = /[\s"]$/.test(typed) || wanted.at(-1)?.quoted ? undefined : words.at(-1);
  const isBegun = (word: string) => word === last && word.length >= BEGUN && isSpaced(word) && /\p{L}/u.test(word);
  const terms = [
    ...words.map((word): Term => ({ w: `${askedWords([word]).map((part) => phraseOf([part])).join(' AND ')}${isBegun(word) ? begun(word) : ''}`, n: named([word], isBegun(word)) })),
    ...wanted.filter(({ quoted }) => quoted).slice(0, MOST).map(({ words: phrase }): Term => ({ w: phraseOf(phrase), n: named(phrase, false) })),
  ];
  const all = wanted.flatMap((part) => part.words);
  return {
    terms,
    subject: terms.length > 0 ? `subject : (${terms.map(({ w }) => `(${w})`).join(' AND ')})` : NOTHING,
    names: named(all.slice(0, MOST), last !== undefined),
    without: parts.filter(({ not }) => not).slice(0, MOST).map((part) => phraseOf(part.words)).join(' OR '),
    marks: [...new Set(wanted.flatMap(({ quoted, words: some }) => (quoted ? some : askedWords(some.filter((word) => words.includes(word))))).flatMap((word) => [word, stemOf(word), otherStemOf(word)]))],
  };
}

/** FTS5 of tickets that one of these groups holds. */
export const heldBy = (groups: readonly string[]) => groups.map((id) => `"${signOf('group', id)}"`).join(' OR ') || NOTHING;
