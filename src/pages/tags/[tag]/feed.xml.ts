import type { APIRoute } from 'astro';
import { topicsPage } from '../../../../worker/forum/queries.ts';
import { mainTag } from '../../../../worker/forum/records.ts';
import { atom, topicEntries } from '../../../forms/feed.ts';
import { path, t } from '../../../messages/index.ts';

export const GET: APIRoute = async ({ params, redirect, locals: { portal, entrance, locale } }) => {
  const tag = params['tag']!.toLowerCase();
  const [{ items }, main] = await portal.load(topicsPage({ limit: 30 }, { tag }), mainTag(tag));
  if (main) return redirect(path(locale, `/tags/${encodeURIComponent(main.tag)}/feed.xml`), 301);
  return atom({ title: t(locale).forum.tagged(tag), url: entrance.url, at: `/tags/${encodeURIComponent(tag)}`, locale, shows: 'forum', entries: topicEntries(items) });
};
