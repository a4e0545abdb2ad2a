import type { APIRoute } from 'astro';
import { topicsPage } from '../../../../worker/forum/queries.ts';
import { atom, topicEntries } from '../../../forms/feed.ts';
import { t } from '../../../messages/index.ts';

export const GET: APIRoute = async ({ params, locals: { portal, entrance, locale } }) => {
  const tag = params['tag']!.toLowerCase();
  const [{ items }] = await portal.load(topicsPage({ limit: 30 }, { tag }));
  return atom({ title: t(locale).forum.tagged(tag), url: entrance.url, at: `/tags/${encodeURIComponent(tag)}`, locale, shows: 'forum', entries: topicEntries(items) });
};
