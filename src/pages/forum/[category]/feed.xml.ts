import type { APIRoute } from 'astro';
import { allCategories, topicsPage } from '../../../../worker/forum/queries.ts';
import { notFound } from '../../../../worker/platform/refusal.ts';
import { withAllBelow } from '../../../forms/categories.ts';
import { atom, topicEntries } from '../../../forms/feed.ts';

export const GET: APIRoute = async ({ params, locals: { portal, entrance, locale } }) => {
  const slug = params['category']!;
  const [categories, { items }] = await portal.load(allCategories(), topicsPage({ limit: 30 }, { category: slug }));
  const category = categories.find((one) => one.slug === slug);
  if (!category) throw notFound();
  const shows = withAllBelow(categories, category.id).map((one) => `category:${one.slug}`).join();
  return atom({ title: category.name, url: entrance.url, at: `/forum/${slug}`, locale, shows, entries: topicEntries(items) });
};
