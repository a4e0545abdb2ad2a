import type { APIRoute } from 'astro';
import { speakersNamed } from '../../worker/posts/queries.ts';
import { colleagues } from '../../worker/tickets/queries.ts';
import { forScript, isHasty } from '../forms/hasty.ts';

/** Who can be meant by what is typed after an @: those who wrote in a topic that the reader sees, and, for who works here, colleagues. Pages tell as much. */
export const GET: APIRoute = async ({ url, locals: { portal, entrance } }) => {
  if (!entrance.session) return forScript({ items: [] }, 401);
  if (isHasty(entrance.session)) return forScript({ items: [] }, 429, { 'retry-after': '10' });
  const typed = (url.searchParams.get('q') ?? '').slice(0, 30).toLowerCase();
  const topic = Number(url.searchParams.get('topic') ?? 0);
  const [speakers, staff] = await portal.load(speakersNamed(Number.isSafeInteger(topic) ? topic : 0), colleagues());
  if (portal.viewer.id === null) return forScript({ items: [] }, 401);
  const all = [...new Map([...speakers, ...staff].map(({ handle, name }) => [handle, { handle, name }])).values()];
  const fits = ({ handle, name }: { handle: string; name: string }) => handle.startsWith(typed) || name.toLowerCase().split(/\s+/).some((word) => word.startsWith(typed));
  return forScript({ items: all.filter(fits).slice(0, 8) });
};
