import type { APIRoute } from 'astro';
import { categoryBySlug, topicsPage } from '../../../../worker/forum/queries.ts';
import { atom, topicEntries } from '../../../forms/feed.ts';

export const GET: APIRoute = async ({ params, locals: { portal, entrance, locale } }) => {
  const slug = params['category']!;
  const [category, { items }] = await portal.load(categoryBySlug(slug), topicsPage({ limit: 30 }, { category: slug }));
  return atom({ title: category.name, url: entrance.url, at: `/forum/${slug}`, locale, shows: `category:${slug}`, entries: topicEntries(items) });
};
