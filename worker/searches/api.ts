import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { oneOf } from '../platform/unknown.ts';
import { searchesOften, searchLists } from './queries.ts';

/** A search, and what came of it within the last thirty days. `place` is where on average what was followed stood, from 1. */
const one = z.object({ words: is.text, results: z.number(), searches: z.number(), empty: z.number(), clicks: z.number(), place: z.number().nullable(), topics: z.number(), tickets: z.number() });

export const searchesApi: Route[] = [
  {
    method: 'get', path: '/searches', summary: 'What people look for: twenty-five searches of the last thirty days, the most frequent first (staff)',
    query: { show: oneOf(searchLists, '`often`, `empty` (found nothing) or `unfollowed` (found something that nobody followed). `often` if not said.') }, response: z.object({ items: z.array(one) }),
    async handle(call) {
      const [rows] = await call.portal.load(searchesOften(searchLists.find((list) => list === call.query['show']) ?? 'often'));
      requirePermission(call, 'feedback.see');
      return { items: rows.map(({ hash: _, places, ...row }) => ({ ...row, place: row.clicks > 0 ? places / row.clicks : null })) };
    },
  },
];
