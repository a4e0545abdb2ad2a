import { z } from 'zod';
import type { Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { NewRun } from './input.ts';
import { itemsPage, runById } from './queries.ts';
import { revertBulk } from './revert.ts';
import { startBulk } from './start.ts';

const run = z.object({ id: is.text, state: is.text.describe('`running`, `done`, `reverting` or `reverted`.'), total: is.count, seen: is.count.describe('How many of them are done.'), looked: is.count.describe('How many were looked at again while it was taken back.'), createdAt: is.moment });
const item = z.object({ id: is.count.describe('Its place.'), number: is.number.nullable(), subject: is.text.nullable(), outcome: is.text.nullable(), why: is.text.nullable(), reverted: is.text.nullable() });

export const bulkApi: Route[] = [
  {
    method: 'post', path: '/bulk-changes', summary: 'Change many tickets at once (staff): those of the numbers `ticket`, or, with `all`, all of a `condition`; it goes on by itself', body: NewRun.omit({ back: true }), example: { condition: { match: 'all', groups: [{ match: 'all', rows: [{ field: 'state', is: 'is', values: ['open'] }] }] }, ticket: [7, 9], priority: 'high' }, status: 201, response: z.object({ id: is.text, total: is.count }),
    handle: (call) => call.run(startBulk, { back: '/agent' }),
  },
  {
    method: 'get', path: '/bulk-changes/{id}', summary: 'How far a bulk change of yours is', response: run,
    async handle(call) {
      const [{ id, state, total, seen, looked, createdAt }] = await call.portal.load(runById(call.params['id']!));
      return { id, state, total, seen, looked, createdAt };
    },
  },
  {
    method: 'get', path: '/bulk-changes/{id}/tickets', summary: 'What came of each of its tickets, in order', list: z.tuple([z.int().nonnegative()]), response: item,
    async handle(call) {
      const [, { items, next }] = await call.portal.load(runById(call.params['id']!), itemsPage(call.slice, call.params['id']!));
      return { items: items.map(({ place, ...one }) => ({ id: place, ...one })), next };
    },
  },
  { method: 'post', path: '/bulk-changes/{id}/revert', summary: 'Take it back, within a day: each ticket that nothing happened to since becomes what it was', response: z.object({ id: is.text }), handle: (call) => call.run(revertBulk, { id: call.params['id']! }) },
];
