import type { Route } from '../platform/api.ts';
import { articleByPath, articlesPage } from './queries.ts';

export const kbApi: Route[] = [
  { method: 'get', path: '/articles', summary: 'Articles of the help centre', list: true, handle: async ({ portal, slice }) => (await portal.load(articlesPage(slice)))[0] },
  {
    method: 'get', path: '/articles/{category}/{slug}', summary: 'An article', query: { locale: '`en` or `el`.' },
    handle: async ({ portal, params, query }) => (await portal.load(articleByPath(query['locale'] === 'el' ? 'el' : 'en', params['category']!, params['slug']!)))[0],
  },
];
