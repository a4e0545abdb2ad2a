import type { APIRoute } from 'astro';
import { topicByNumber } from '../../../../../worker/forum/queries.ts';
import { movedTo } from '../../../../../worker/moderation/queries.ts';
import { htmlOf, withoutPictures } from '../../../../../worker/platform/markdown.ts';
import { Refusal } from '../../../../../worker/platform/refusal.ts';
import { newestPosts } from '../../../../../worker/posts/queries.ts';
import { atom } from '../../../../forms/feed.ts';
import { numberIn } from '../../../../forms/number.ts';
import { path, t } from '../../../../messages/index.ts';

export const GET: APIRoute = async ({ params, redirect, locals: { portal, entrance, locale } }) => {
  const number = numberIn(params);
  const found = await portal.load(topicByNumber(number, false), newestPosts(number, 30)).catch(async (error: unknown) => {
    const [to] = error instanceof Refusal && error.reason === 'not_found' ? await portal.load(movedTo(number, 1)) : [null];
    if (!to) throw error;
    return redirect(path(locale, `/forum/topics/${to.number}/feed.xml`), 301);
  });
  if (found instanceof Response) return found;
  const [topic, posts] = found;
  const words = t(locale).forum;
  const entries = posts.map((post) => ({
    id: `forum/topics/${number}/${post.number}`, title: post.number > 1 ? `${topic.title} · ${words.place(String(post.number - 1))}` : topic.title, at: `/forum/topics/${number}/${topic.slug}?post=${post.number}`,
    author: post.author.name, published: post.createdAt, updated: post.editedAt ?? post.createdAt, html: post.isReported ? withoutPictures(htmlOf(post)) : htmlOf(post),
  }));
  return atom({ title: topic.title, url: entrance.url, at: `/forum/topics/${number}`, locale, shows: `topic:${topic.id}`, entries });
};
