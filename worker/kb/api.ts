import { z } from 'zod';
import type { Route } from '../platform/api.ts';
import { htmlOf } from '../platform/markdown.ts';
import * as is from '../platform/shapes.ts';
import { oneOf } from '../platform/unknown.ts';
import { articlesPage, wholeArticle } from './queries.ts';
import { audiences } from './schema.ts';

const brief = z.object({ id: is.text, category: is.text, slug: is.text, locale: is.locale, title: is.text, summary: is.text, audience: z.enum(audiences).describe('For whom it is written. Everyone may read it.'), updatedAt: is.moment, importId: is.importId });
const article = brief.extend({ body: is.text.describe('Markdown, as written.'), html: is.text, source: z.enum(['git', 'import']), helpful: is.count, unhelpful: is.count });

const locales = ['en', 'el'] as const;
const localeIn = (query: Record<string, string>) => locales.find((one) => one === query['locale']);

export const kbApi: Route[] = [
  {
    method: 'get', path: '/articles', summary: 'Articles of the help centre', list: is.cursors.byPath, response: brief, query: { locale: oneOf(locales, '`en` or `el`; both when not said.'), category: 'Slug of a category.' },
    handle: async ({ portal, slice, query }) => (await portal.load(articlesPage(slice, { locale: localeIn(query), category: query['category'] })))[0],
  },
  {
    method: 'get', path: '/articles/{category}/{slug}', summary: 'An article', response: article, query: { locale: oneOf(locales, '`en`, which it is when not said, or `el`.') },
    async handle({ portal, params, query }) {
      const [found] = await portal.load(wholeArticle(localeIn(query) ?? 'en', params['category']!, params['slug']!));
      return { ...found, html: htmlOf(found) };
    },
  },
];
