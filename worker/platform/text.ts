import { englishStem } from './english.ts';
import { greekStem } from './greek.ts';
import { isOtherLatin, latinStem } from './latin.ts';
import { russianStem } from './russian.ts';
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
  if (greek === 0) return 'en';
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return greek * 3 >= letters ? 'el' : 'en';
}

/** Stems that are remembered: most words come again. */
const MOST_STEMS = 20_000;

function remembered(find: (word: string) => string): (word: string) => string {
  const stems = new Map<string, string>();
  return (word) => {
    const known = stems.get(word);
    if (known !== undefined) return known;
    const stem = find(word);
    if (stems.size >= MOST_STEMS) stems.clear();
    if (word.length <= 40) stems.set(word, stem);
    return stem;
  };
}

/** What stays of a folded word in all its forms. */
export const stemOf = remembered((word) => {
  if (/\p{Script=Greek}/u.test(word)) return greekStem(word);
  if (/\p{Script=Cyrillic}/u.test(word)) return russianStem(word);
  return /^[a-z]{3,40}$/.test(word) ? englishStem(word) : word;
});

/** The same of a word in German, French, Spanish and their kin: as texts in these are indexed. Of a word in Latin letters it begins with a sign, so that none of `stemOf` is the same. */
export const otherStemOf = remembered((word) => {
  const stem = latinStem(word);
  return stem === undefined ? stemOf(word) : `§§${stem}`;
});

/** Letters of a text that tell its language. */
const READ = 1_300;

/** Whether the words of a text are indexed by `otherStemOf`. */
export const isOther = (text: string) => isOtherLatin(text, wordsOf(text.slice(0, READ)));

/** What the index holds of a text: the stems of its words, and of scripts without spaces every two letters side by side and every one. */
export function stemmed(text: string, stem = stemOf): string {
  const words = wordsOf(text);
  return (isSpaced(text) ? words.map(stem) : indexedParts(words, stem)).join(' ');
}

/** What stays of one of `askedWords`, as the index holds it of most texts. */
export const termOf = (word: string) => (isSpaced(word) ? stemOf(word) : askedPart(word));

/** Folded words as they are searched for: those of scripts without spaces in parts. */
export const askedWords = (words: string[]): string[] => words.flatMap((word) => (isSpaced(word) ? [word] : searchedParts(word)));

/** Folded words in a row as FTS5 asks for them, whichever language a text is in. */
export function phraseOf(words: string[]): string {
  const parts = words.flatMap((word) => (isSpaced(word) ? [word] : partsOf(word)));
  const forms = [termOf, (part: string) => (isSpaced(part) ? otherStemOf(part) : askedPart(part))].map((form) => `"${parts.map(form).join(' ')}"`);
  return forms[0] === forms[1] ? forms[0]! : `(${forms.join(' OR ')})`;
}
