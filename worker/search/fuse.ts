import type { Portal } from '../platform/portal.ts';
import type { Query } from '../platform/query.ts';
import { wordsOf } from '../platform/text.ts';
import { isCommon } from './common.ts';
import type { Meant } from '../spelling/access.ts';
import type { Hit } from './queries.ts';

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): each list gives what it holds its weight, divided by RANK and the place there. */
const RANK = 60;
/** What the lists of a search weigh: by its words as they were typed, by its meaning, and by the words that were probably meant. */
const [TYPED, NEAR, MEANT] = [1, 0.8, 0.6];

/** What a search found, and by which words. */
export interface Found {
  /** The best first, one a topic or article. */
  hits: Hit[];
  /** The search that was probably meant, where something is found by it. */
  meant: string | undefined;
  /** Another that may have been meant, where nothing was found; it was not looked for. */
  perhaps: string | undefined;
  /** Which words found it. */
  by: 'typed' | 'meant' | 'both';
}

/** Where a hit leads, whichever of its replies fits best. */
const placeOf = ({ url }: Hit) => url.split(/[?#]/)[0]!;

/** Whether a word that tells something was meant as it was typed. Where none was, what the others find says nothing. */
function keepsWord(q: string, meant: string): boolean {
  const words = new Set(wordsOf(meant));
  return wordsOf(q).some((word) => words.has(word) && !isCommon(word));
}

/** Lists as one, without doubles, the best first. A single list stays as it is; where an order was asked for, it goes by that. */
function fused(lists: { hits: Hit[]; weight: number }[], isOrdered: boolean, most: number): Hit[] {
  const filled = lists.filter(({ hits }) => hits.length > 0);
  if (filled.length <= 1) return filled[0]?.hits ?? [];
  const known = new Map<string, Hit>();
  for (const { hits, weight } of filled) {
    for (const [i, hit] of hits.entries()) {
      const before = known.get(placeOf(hit));
      known.set(placeOf(hit), { ...(before ?? hit), score: isOrdered ? hit.score : (before?.score ?? 0) + weight / (RANK + i + 1) });
    }
  }
  return [...known.values()].sort((a, b) => b.score - a.score).slice(0, most);
}

/** What the first round trip of a search found: by its words, by its meaning, and how it was probably meant. */
interface First {
  q: string;
  typed: Hit[];
  near?: Hit[];
  meant: Meant | undefined;
  /** Whether only what was typed is to be looked for. */
  isExact?: boolean;
  /** Whether an order was asked for. */
  isOrdered?: boolean;
}

/** What was found by a search and, in a second round trip, by what was surely meant, if that is something else: at most so many. */
export async function withMeant(portal: Portal, { q, typed: literally, near = [], meant: probably, isExact = false, isOrdered = false }: First, ask: (words: string) => Query<Hit[]>, most: number): Promise<Found> {
  const meant = probably?.isSure && !isExact ? probably.words : undefined;
  const [others] = meant === undefined ? [[]] : await portal.load(ask(meant));
  const typed = others.length > 0 && !keepsWord(q, meant!) ? [] : literally;
  const hits = fused([{ hits: typed, weight: TYPED }, { hits: near, weight: NEAR }, { hits: others, weight: MEANT }], isOrdered, most);
  if (others.length === 0) return { hits, meant: undefined, perhaps: meant === undefined && hits.length === 0 ? probably?.words : undefined, by: 'typed' };
  return { hits, meant, perhaps: undefined, by: typed.length === 0 ? 'meant' : 'both' };
}
