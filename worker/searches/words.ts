import { remembered } from '../platform/remembered.ts';
import { hashOf } from '../platform/signature.ts';
import { askedWords, termOf, wordsOf } from '../platform/text.ts';
import { isCommon, operatorsIn } from '../search/access.ts';

/** Letters of a search that are kept. */
const LONGEST = 100;

/** Addresses of letters, and long numbers: they are somebody's. */
const SOMEBODYS = /\S+@\S+|\+?\d[\d ().\-/]{4,}\d/g;

/** What is kept of a search: its words as they were written, without operators and what is somebody's, and a hash that is the same for all their forms and orders. Undefined where nothing is left. */
export const keptOf = remembered((typed: string): { hash: string; words: string } | undefined => {
  const words = operatorsIn(typed.slice(0, 400)).words.replace(SOMEBODYS, ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST).toWellFormed();
  const all = askedWords(wordsOf(words));
  const telling = all.filter((word) => !isCommon(word));
  const terms = [...new Set((telling.length > 0 ? telling : all).map(termOf))].sort();
  return terms.length === 0 ? undefined : { hash: hashOf(terms.join(' ')).slice(0, 32), words };
});

/** Where a result leads, without language, page and title: `/forum/topics/42` or `/kb/start/find-an-answer`; undefined where no result leads. */
export function placeIn(path: string): string | undefined {
  const inside = path.replace(/^\/el(?=\/)/, '');
  return /^\/forum\/topics\/\d+/.exec(inside)?.[0] ?? /^\/kb\/[\w-]+\/[\w-]+/.exec(inside)?.[0];
}
