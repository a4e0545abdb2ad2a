import { z } from 'zod';
import { line } from '../platform/input.ts';
import { remembered } from '../platform/remembered.ts';
import { askedWords, folded, isSpaced, otherStemOf, phraseOf, stemOf, termOf, wordsIn, wordsOf } from '../platform/text.ts';
import { isCommon } from './common.ts';

const name = line(60, 'Write a name.', 'Keep the name under 60 characters.');

export const OneSearch = z.object({ name });

/** A search as it was typed, and what it is called. */
export const KeptSearch = z.object({ name, q: line(400, 'Write what to look for.', 'Keep it under 400 characters.'), type: z.enum(['article', 'topic']).optional().catch(undefined) });

/** Words beyond these are left out: a question pasted whole still finds its answer. */
const MOST_WORDS = 20;
/** Letters beyond these are not read. */
const LONGEST = 1_000;
/** More words than LONG are a pasted text: it begins with its subject, so its first HEAD words count twice, and its quotes and dashes mean nothing. */
const LONG = 12;
const HEAD = 8;
/** Questions of so few words are asked with every one of them. */
const SHORT = 3;

/** A word for FTS5. `p`: what it may be the beginning of. `twice`: it counts double. `must`: a phrase in quotes, which has to be there. */
export interface Term {
  w: string;
  p?: string;
  twice?: 1;
  must?: 1;
}

export interface Asked {
  /** What texts are searched for. Empty when nothing can be searched for. */
  terms: Term[];
  /** What titles are searched for: "how" and "what" too. */
  titleTerms: Term[];
  /** Two words side by side, each as FTS5 phrase, with the places of its words among the terms. */
  pairs: { w: string; a: number; b: number }[];
  /** FTS5: what must not be there. Empty when nothing is excluded. */
  without: string;
  /** Its words, folded, with a space between. */
  plain: string;
  /** Folded words and their stems in any language, for marking passages. */
  marks: string[];
}

/** Whether a text is so long that nobody typed it to search for it. */
export const isPasted = (text: string) => wordsOf(text).length > LONG;

/** What was typed → what FTS5 is asked. "Phrases" stay together, `-word` excludes, the last word may be a beginning. No input is a syntax error. */
export const asked = remembered((typed: string): Asked => {
  const text = typed.slice(0, LONGEST).toWellFormed().replaceAll('\u0000', ' ');
  const plain = folded(text);
  const signs = !isPasted(text);
  const parts = [...(signs ? plain : plain.replace(/"|(?<=^|\s)-/g, ' ')).matchAll(/(-?)"([^"]*)"|(?<=^|\s)(-?)([^\s"]+)|()()()([^\s"]+)/g)]
    .map((match) => ({ not: (match[1] || match[3]) === '-', words: wordsIn(match[2] ?? match[4] ?? match[8] ?? ''), quoted: match[2] !== undefined }))
    .filter(({ words }) => words.length > 0);
  const wanted = parts.filter((part) => !part.not);
  const quotes = wanted.filter((part) => part.quoted).map((part): Term => ({ w: phraseOf(part.words), must: 1 }));
  const free = askedWords(wanted.filter((part) => !part.quoted).flatMap((part) => part.words));
  const rest = free.filter((word) => !isCommon(word));
  const telling = free.length > SHORT || rest.length > 1 ? rest : free;
  const unfinished = !/[\s"]$/.test(typed) && wanted.at(-1)?.quoted === false ? free.at(-1) : undefined;
  const words = termsOf(telling.length > 0 ? telling : free, unfinished, free.length);
  return {
    terms: [...words, ...quotes],
    titleTerms: [...termsOf(free, unfinished, free.length), ...quotes],
    pairs: pairsOf(free, words),
    without: parts.filter((part) => part.not).map((part) => phraseOf(part.words)).join(' OR '),
    plain: wordsIn(plain).join(' '),
    marks: [...new Set(wanted.flatMap((part) => (part.quoted ? part.words : askedWords(part.words))).filter((word) => telling.length === 0 || !isCommon(word)).flatMap((word) => [word, stemOf(word), otherStemOf(word)]))],
  };
});

function termsOf(words: string[], unfinished: string | undefined, asMany: number): Term[] {
  const head = asMany > LONG ? new Set(words.slice(0, HEAD).map(termOf)) : undefined;
  const stems = new Map(words.map((word) => [termOf(word), word]));
  return [...stems].slice(0, MOST_WORDS).map(([stem, word]) => ({ w: phraseOf([word]), ...(head?.has(stem) ? { twice: 1 as const } : {}), ...(word === unfinished && word.length > 2 && isSpaced(word) ? { p: beginning(word) } : {}) }));
}

/** A word that may not be finished: what begins with it, and what it becomes with the rest of a usual ending. */
function beginning(word: string): string {
  const whole = /^[a-z]+$/.test(word);
  const ends = whole ? ['g', 'ng', 'n'].map((rest) => stemOf(word + rest)).filter((stem) => stem.length > 2 && word.startsWith(stem)) : [];
  const other = whole ? [`"§§${word}" *`, ...[1, 2].map((n) => word.slice(0, -n)).filter((stem) => stem.length > 3).map((stem) => `"§§${stem}"`)] : [];
  return [`"${stemOf(word)}" *`, ...new Set(ends.map((stem) => `"${stem}"`)), ...other].join(' OR ');
}

function pairsOf(words: string[], terms: Term[]): Asked['pairs'] {
  const place = (word: string) => terms.findIndex(({ w }) => w.includes(`"${termOf(word)}"`));
  const pairs = words.slice(0, -1).flatMap((word, i) => {
    const next = words[i + 1]!;
    const [a, b] = [place(word), place(next)];
    return (a < 0 && b < 0) || !isSpaced(word + next) ? [] : [{ w: phraseOf([word, next]), a, b }];
  });
  return [...new Map(pairs.map((pair) => [pair.w, pair])).values()].slice(0, MOST_WORDS);
}
