import type { APIRoute } from 'astro';
import { topicsPage } from '../../../worker/forum/queries.ts';
import { atom, topicEntries } from '../../forms/feed.ts';
import { t } from '../../messages/index.ts';

export const GET: APIRoute = async ({ locals: { portal, entrance, locale } }) => {
  const [{ items }] = await portal.load(topicsPage({ limit: 30 }, {}));
  return atom({ title: t(locale).forum.title, url: entrance.url, at: '/forum', locale, shows: 'forum', entries: topicEntries(items) });
};
