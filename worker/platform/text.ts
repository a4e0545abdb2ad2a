import { englishStem } from './english.ts';
import { greekStem } from './greek.ts';

/** For comparing words: lower case, without accents or other marks, final sigma as sigma, compatibility forms unified. */
export const folded = (text: string) => text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replaceAll('ς', 'σ');

/** The words of a text, folded, in order. */
export const wordsOf = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

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
