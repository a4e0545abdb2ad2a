import type { Context } from 'hono';
import { claimedViewer, cookieNames } from './people/cookies.ts';
import type { Edge } from './platform/edge.ts';
import { type Viewer, visitor } from './platform/viewer.ts';
import { cookiesOf } from './portal.ts';

/**
 * An article from git: a file, which knows nobody. To someone with cookies of ours it says their name (and that they look with it, if it is borrowed) and keeps their theme, from the
 * cookies alone: the database is not asked, and nothing private is shown. Undefined when there is no such file.
 */
export async function articleFile({ req, env }: Context<Edge>): Promise<Response | undefined> {
  const jar = cookiesOf(req.raw);
  const names = cookieNames(env.STOA_URL.startsWith('https:'));
  const session = jar.get(names.session);
  const viewer = session ? claimedViewer(env.STOA_SECRET, session, jar.get(names.viewer)).viewer : visitor;
  const { name } = viewer;
  const theme = jar.get('stoa_theme');
  // Someone with cookies always gets the whole file: what their browser has kept may be the one that knows nobody.
  const file = (await env.ASSETS.fetch(name || theme ? new Request(req.url) : req.raw)) as unknown as Response;
  if (file.status === 404) return undefined;
  const answer = new Response(file.body, file);
  if (!name && !theme) return answer;
  answer.headers.set('cache-control', 'private, no-store');
  answer.headers.delete('etag');
  return personal(answer, viewer, new URL(req.url).pathname.startsWith('/el/') ? '/el/settings' : '/settings', theme === 'dark' || theme === 'light' ? theme : undefined);
}

function personal(page: Response, { name, viewedBy }: Viewer, settings: string, theme: 'dark' | 'light' | undefined): Response {
  const rewriter = new HTMLRewriter();
  if (theme) rewriter.on('html', { element: (html) => void html.setAttribute('data-theme', theme) });
  if (name) rewriter.on('[data-sign-in]', { element: (link) => void link.setAttribute('href', settings).setInnerContent(name) });
  if (viewedBy) rewriter.on('[data-looking]', { element: (banner) => void banner.removeAttribute('hidden') });
  return rewriter.transform(page);
}
