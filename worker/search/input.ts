import { folded, stemOf } from '../platform/text.ts';

/** Words beyond these are left out: a question pasted whole still finds its answer. */
const MOST_WORDS = 12;
const LONGEST = 400;

export interface Asked {
  /** As typed, shortened. */
  text: string;
  /** FTS5: every word has to be there. Empty when nothing can be searched for. */
  all: string;
  /** FTS5: one of the words is enough. */
  any: string;
  /** Folded words and their stems, for marking passages. */
  marks: string[];
}

const quoted = (word: string) => `"${word}"`;

/** What was typed → what FTS5 is asked. "Phrases" stay together, `-word` excludes, the last word may be a beginning. No input is a syntax error. */
export function asked(typed: string): Asked {
  const text = typed.toWellFormed().replaceAll('\u0000', ' ').trim().slice(0, LONGEST);
  const parts = [...folded(text).matchAll(/(-?)"([^"]*)"|(-?)([^\s"]+)/g)].map((match) => ({
    not: (match[1] || match[3]) === '-',
    words: (match[2] ?? match[4] ?? '').match(/[\p{L}\p{N}]+/gu) ?? [],
    phrase: match[2] !== undefined,
  }));
  const wanted = parts.filter((part) => !part.not && part.words.length > 0);
  const unwanted = parts.filter((part) => part.not && part.words.length > 0).map((part) => quoted(part.words.join(' ')));
  const whole = /[\s"]$/.test(typed);
  const terms = wanted.flatMap((part, i) =>
    part.phrase ? [quoted(part.words.join(' '))] : part.words.map((word, j) => term(word, !whole && i === wanted.length - 1 && j === part.words.length - 1)),
  ).slice(0, MOST_WORDS);
  const without = (query: string) => (unwanted.length > 0 ? `(${query}) NOT (${unwanted.join(' OR ')})` : query);
  const words = wanted.flatMap((part) => part.words);
  return {
    text,
    all: terms.length > 0 ? without(terms.join(' AND ')) : '',
    any: terms.length > 1 ? without(terms.join(' OR ')) : '',
    marks: [...new Set(words.flatMap((word) => [word, stemOf(word)]))],
  };
}

/** A word in any of its forms; as a beginning too when it may not be finished. One or two letters are only ever whole words. */
function term(word: string, unfinished: boolean): string {
  const beginning = unfinished && word.length > 2 ? ` OR ${quoted(word)}*` : '';
  return `(${quoted(word)} OR stems : ${quoted(stemOf(word))}${beginning})`;
}
