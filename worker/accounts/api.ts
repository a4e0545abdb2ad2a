import { timelineOf } from '../insights/queries.ts';
import { feedbackSources } from '../insights/schema.ts';
import type { Route } from '../platform/api.ts';
import { accountById, bookOfBusiness, orders } from './queries.ts';

export const accountsApi: Route[] = [
  {
    method: 'get', path: '/accounts', summary: 'The book of business (staff)', list: true, query: { order: '`renewal`, `revenue`, `name` or `word`.' },
    handle: async ({ portal, slice, query }) => (await portal.load(bookOfBusiness(slice, orders.find((one) => one === query['order']) ?? 'name')))[0],
  },
  { method: 'get', path: '/accounts/{id}', summary: 'An account (staff)', handle: async ({ portal, params }) => (await portal.load(accountById(params['id']!)))[0] },
  {
    method: 'get', path: '/accounts/{id}/timeline', summary: 'Everything the people of an account said, newest first (staff)', list: true, query: { source: feedbackSources.join(', '), person: 'Id of a person.' },
    handle: async ({ portal, params, slice, query }) => {
      const id = params['id']!;
      const [, timeline] = await portal.load(accountById(id), timelineOf(slice, { account: id, source: feedbackSources.find((one) => one === query['source']), person: query['person'] }));
      return timeline;
    },
  },
];
