import type { APIRoute } from 'astro';
import { articlesPage } from '../../../worker/kb/queries.ts';
import { notFound } from '../../../worker/platform/refusal.ts';
import { hotTopics } from '../../../worker/rankings/queries.ts';
import { topicsLatest, topicsNumbered } from '../../../worker/sitemap/queries.ts';
import { type Place, sitemap, TOPICS_A_PART } from '../../forms/sitemap.ts';

/** Articles that the sitemap tells of, at most. */
const ARTICLES = 10_000;

const placeOf = ({ number, slug, lastPostAt }: { number: number; slug: string; lastPostAt: Date }): Place => ({ at: `/forum/topics/${number}/${slug}`, updated: lastPostAt });

export const GET: APIRoute = async ({ params, locals: { portal, entrance } }) => {
  const part = params['part']!;
  if (part === 'articles') {
    const [{ items }] = await portal.load(articlesPage({ limit: ARTICLES }, {}));
    return sitemap(entrance.url, items.map(({ category, slug, locale, updatedAt }): Place => ({ at: `/kb/${category}/${slug}`, updated: updatedAt, locale })));
  }
  if (part === 'hot') {
    const [hot, latest] = await portal.load(hotTopics(Date.now()), topicsLatest());
    const heat = new Map(hot.map(({ number }, i) => [number, hot.length - i]));
    return sitemap(entrance.url, latest.sort((a, b) => (heat.get(b.number) ?? 0) - (heat.get(a.number) ?? 0)).map(placeOf));
  }
  const number = Number(/^topics-([1-9]\d{0,8})$/.exec(part)?.[1] ?? 0);
  if (!number) throw notFound();
  const [topics] = await portal.load(topicsNumbered((number - 1) * TOPICS_A_PART + 1, number * TOPICS_A_PART));
  if (topics.length === 0) throw notFound();
  return sitemap(entrance.url, topics.map(placeOf));
};
