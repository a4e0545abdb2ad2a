import type { APIRoute } from 'astro';
import { voteOnArticle } from '../../../../../worker/kb/vote.ts';
import { cookiesOf } from '../../../../../worker/portal.ts';
import { formOf } from '../../../../forms/submit.ts';
import { path } from '../../../../messages/index.ts';

const YEAR = 365 * 24 * 3600;

/** Counts a vote, and goes back to the article, where it says what was answered, with thanks. */
export const POST: APIRoute = async ({ request, params, locals }) => {
  const { category = '', slug = '' } = params;
  const { helpful } = await formOf(request);
  const known = cookiesOf(request).get('stoa_browser');
  const browser = known && /^[\w-]{36}$/.test(known) ? known : crypto.randomUUID();
  const said = await locals.portal.run(voteOnArticle, { locale: locals.locale, category, slug, helpful, browser });
  const headers = new Headers({ location: `${path(locals.locale, `/kb/${category}/${slug}`)}#said-${said.helpful ? 'yes' : 'no'}` });
  if (browser !== known) headers.set('set-cookie', `stoa_browser=${browser}; Path=/; Max-Age=${YEAR}; SameSite=Lax; HttpOnly`);
  return new Response(null, { status: 303, headers });
};
