import { folded, isSpaced, phraseOf } from '../platform/text.ts';

/** A word that may be suggested: between so many letters, nothing but letters, of a script with spaces. */
const WORD = /^\p{L}{4,24}$/u;
/** Letters of a text that are read for its words. */
const READ = 4_000;

/** Whether a folded word is one that is looked after here. */
export const isWord = (word: string) => WORD.test(word) && isSpaced(word);

export interface Word {
  word: string;
  /** As it was written, in small letters. */
  shown: string;
  /** What FTS5 is asked to find it in any form. */
  stem: string;
  /** Texts that hold it. */
  n: number;
}

/** The words of texts, without their code and addresses. */
export function wordsIn(texts: string[]): Word[] {
  const words = new Map<string, Word>();
  for (const text of texts) {
    const plain = text.slice(0, READ).replace(/```[\s\S]*?(```|$)|`[^`\n]*`|\b\w+:\/\/\S+|\S+@\S+/g, ' ').normalize('NFC');
    for (const shown of new Set(plain.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])) {
      const word = folded(shown);
      if (!isWord(word)) continue;
      const known = words.get(word);
      if (known) known.n++;
      else words.set(word, { word, shown, stem: phraseOf([word]), n: 1 });
    }
  }
  return [...words.values()];
}
