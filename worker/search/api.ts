import type { Call, Route } from '../platform/api.ts';
import { Refusal } from '../platform/refusal.ts';
import { oneOf } from '../platform/unknown.ts';
import { locales } from '../platform/viewer.ts';
import { spelled } from '../spelling/queries.ts';
import { withMeant } from './fuse.ts';
import { isOrdered } from './operators.ts';
import { secondsToWait } from './pace.ts';
import { counting, nearTo, searched, searchTypes } from './queries.ts';
import { questionOf } from './question.ts';

const found = async ({ portal, query, slice, meaning }: Call, most: number) => {
  const locale = query['locale'] === 'el' ? ('el' as const) : ('en' as const);
  const type = searchTypes.find((one) => one === query['type']);
  const limit = Math.min(most, slice.limit);
  const q = query['q'] ?? '';
  const isExact = query['exact'] === '1';
  const wish = { type, locale, limit, withImportIds: true };
  const ask = (words: string) => searched(words, wish);
  const [typed, near, meant] = await portal.load(ask(q), nearTo(isExact ? undefined : await questionOf(meaning, q), q, wish), spelled(q), counting(q));
  const { hits, meant: searchedToo, perhaps } = await withMeant(portal, { q, typed, near, meant, isExact, isOrdered: isOrdered(q) }, ask, limit);
  return {
    items: hits.map(({ refId: _, heading: _heading, tags: _tags, ...hit }) => {
      const [, , first, second] = hit.url.split(/[/?#]/);
      const place = hit.type === 'topic' ? { number: Number(/topics\/(\d+)/.exec(hit.url)?.[1]) } : { category: first, slug: second };
      return { ...hit, ...place };
    }),
    next: null,
    meant: searchedToo ?? perhaps ?? null,
  };
};

/** A search of the API, at the pace of people. */
async function search(call: Call) {
  const wait = secondsToWait(call.portal.viewer, call.network);
  if (wait > 0) throw new Refusal('too_many', 'These are many searches in one minute. Wait a moment, then search again.', {}, wait);
  return found(call, 50);
}

/** How both can be asked. */
const HOW = { type: oneOf(searchTypes), locale: oneOf(locales), exact: oneOf(['1'], '`1`: only what was typed.') };

export const searchApi: Route[] = [
  { method: 'get', path: '/search', summary: 'Search articles and topics; `meant` is the search that was probably meant, or null; unless it lies far from what was typed, its results are among these', query: { q: 'What to find: words, `"phrases"`, `-word`, and operators: `in:title`, `@handle`, `#category`, `tags:a,b`, `before:2026-01-31`, `after:2026-01-31`, `status:solved|open|noreplies`, `min_likes:5`, `order:latest|likes|relevance`.', limit: 'At most 50.', ...HOW }, handle: search },
  { method: 'get', path: '/suggestions', summary: 'What to show before a ticket or topic is sent', query: { q: 'What was typed so far.', limit: 'At most 5.', ...HOW }, handle: (call) => found(call, 5) },
];
