import type { APIRoute } from 'astro';
import { speakersNamed } from '../../worker/posts/queries.ts';
import { colleagues } from '../../worker/tickets/queries.ts';

/** Questions of one session within ten seconds. */
const [MOST, WITHIN] = [40, 10_000];
const asked = new Map<string, number[]>();

/** Whether somebody asks faster than they type. It is counted here only, in this worker's memory: it protects the database, and no secret. */
function isHasty(session: string): boolean {
  const now = Date.now();
  const lately = [...(asked.get(session) ?? []).filter((at) => now - at < WITHIN), now];
  if (asked.size > 5_000) asked.clear();
  asked.set(session, lately);
  return lately.length > MOST;
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store', ...headers } });

/** Who can be meant by what is typed after an @: those who wrote in a topic that the reader sees, and, for who works here, colleagues. Pages tell as much. */
export const GET: APIRoute = async ({ url, locals: { portal, entrance } }) => {
  if (!entrance.session) return json({ items: [] }, 401);
  if (isHasty(entrance.session)) return json({ items: [] }, 429, { 'retry-after': '10' });
  const typed = (url.searchParams.get('q') ?? '').slice(0, 30).toLowerCase();
  const topic = Number(url.searchParams.get('topic') ?? 0);
  const [speakers, staff] = await portal.load(speakersNamed(Number.isSafeInteger(topic) ? topic : 0), colleagues());
  if (portal.viewer.id === null) return json({ items: [] }, 401);
  const all = [...new Map([...speakers, ...staff].map(({ handle, name }) => [handle, { handle, name }])).values()];
  const fits = ({ handle, name }: { handle: string; name: string }) => handle.startsWith(typed) || name.toLowerCase().split(/\s+/).some((word) => word.startsWith(typed));
  return json({ items: all.filter(fits).slice(0, 8) });
};
