import type { APIRoute } from 'astro';
import { newestTopicNumber } from '../../worker/sitemap/queries.ts';
import { sitemapIndex, TOPICS_A_PART } from '../forms/sitemap.ts';

export const GET: APIRoute = async ({ locals: { portal, entrance } }) => {
  const [newest] = await portal.load(newestTopicNumber());
  const parts = Math.ceil((newest?.number ?? 0) / TOPICS_A_PART);
  return sitemapIndex(entrance.url, ['hot', 'articles', ...Array.from({ length: parts }, (_, i) => `topics-${parts - i}`)]);
};
