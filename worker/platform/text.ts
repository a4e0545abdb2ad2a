import { englishStem } from './english.ts';
import { greekStem } from './greek.ts';
import { askedPart, indexedParts, isSpaced, partsOf, recomposed, searchedParts } from './scripts.ts';

export { isSpaced } from './scripts.ts';

/** For comparing words: lower case, without accents or other marks, final sigma as sigma, compatibility forms unified. */
export function folded(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase();
  return (isSpaced(plain) ? plain.replace(/\p{M}/gu, '') : recomposed(plain)).replaceAll('ς', 'σ');
}

/** The words of a folded text, in order. */
export const wordsIn = (plain: string): string[] => plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** The words of a text, folded, in order. */
export const wordsOf = (text: string): string[] => wordsIn(folded(text));

/** Greek when at least a third of the letters are. */
export function languageOf(text: string): 'en' | 'el' {
  const sample = text.slice(0, 2_000);
  const greek = sample.match(/\p{Script=Greek}/gu)?.length ?? 0;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return letters > 0 && greek * 3 >= letters ? 'el' : 'en';
}

/** Stems found before. Most words come again; it is emptied before it grows large. */
const stems = new Map<string, string>();
const MOST_STEMS = 20_000;

/** What stays of a folded word in all its forms. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = /\p{Script=Greek}/u.test(word) ? greekStem(word) : /^[a-z]{3,40}$/.test(word) ? englishStem(word) : word;
  if (stems.size >= MOST_STEMS) stems.clear();
  if (word.length <= 40) stems.set(word, stem);
  return stem;
}

/** What the index holds of a text: the stems of its words, and of scripts without spaces every two letters side by side and every one. */
export function stemmed(text: string): string {
  const words = wordsOf(text);
  return (isSpaced(text) ? words.map(stemOf) : indexedParts(words, stemOf)).join(' ');
}

/** What is asked of the index for one of `askedWords`. */
export const termOf = (word: string) => (isSpaced(word) ? stemOf(word) : askedPart(word));

/** Folded words as they are searched for: those of scripts without spaces in parts. */
export const askedWords = (words: string[]): string[] => words.flatMap((word) => (isSpaced(word) ? [word] : searchedParts(word)));

/** Folded words in a row as FTS5 asks for them. */
export const phraseOf = (words: string[]) => `"${words.flatMap((word) => (isSpaced(word) ? [word] : partsOf(word))).map(termOf).join(' ')}"`;
