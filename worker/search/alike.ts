import { askedWords, termOf, wordsOf } from '../platform/text.ts';
import { isCommon } from './common.ts';

/** Words of a title that another has to share to be like it. */
export const ALIKE = 0.5;

/** What of somebody's words the words of a title have to be, when its likeness to their subject says little. */
const NAMED = 0.7;

/** The stems of a title's telling words, or, when it has none, of all. */
export function stemsOf(title: string): Set<string> {
  const words = askedWords(wordsOf(title));
  const telling = words.filter((word) => !isCommon(word));
  return new Set((telling.length > 0 ? telling : words).map(termOf));
}

/** How much a title says the same as a subject, or is named by subject and text: from 0, for not at all, to about 1. */
export function likenessOf(subject: string, text: string): (title: string) => number {
  const [own, all] = [stemsOf(subject), stemsOf(`${subject} ${text.slice(0, 500)}`)];
  return (title) => {
    const theirs = stemsOf(title);
    const shared = (words: Set<string>) => [...theirs].filter((stem) => words.has(stem)).length;
    const alike = shared(own) / Math.min(Math.max(own.size, 1), Math.max(theirs.size, 2));
    const named = shared(all) / Math.max(theirs.size, 2);
    return Math.max(alike >= ALIKE ? alike : 0, named >= NAMED ? named : 0);
  };
}
