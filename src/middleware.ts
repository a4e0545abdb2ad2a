import type { APIContext } from 'astro';
import { defineMiddleware } from 'astro:middleware';
import { env } from 'cloudflare:workers';
import { isUnavailable, logged, retryAfter } from '../worker/platform/answer.ts';
import { localeOf } from '../worker/platform/entry.ts';
import { isFull } from '../worker/platform/full.ts';
import { timingOf } from '../worker/platform/meter.ts';
import { type Reason, Refusal } from '../worker/platform/refusal.ts';
import { cookiesOf, enter } from '../worker/portal.ts';
import { inTheirs, languageOf } from './forms/language.ts';
import { path } from './messages/index.ts';

export const onRequest = defineMiddleware(async (context, next) => {
  if (context.isPrerendered) return next();
  const { locals, request } = context;
  const isRewritten = Boolean(locals.entrance);
  if (!isRewritten) {
    locals.entrance = enter(request, env, (work) => locals.cfContext.waitUntil(work));
    locals.portal = locals.entrance.portal;
    locals.locale = localeOf(request);
    locals.locale = languageOf(context);
    const theme = cookiesOf(request).get('stoa_theme');
    locals.theme = theme === 'light' || theme === 'dark' ? theme : undefined;
  }
  const elsewhere = isRewritten ? undefined : inTheirs(context);
  if (elsewhere) return context.redirect(elsewhere, 302);
  const after: (() => Promise<unknown>)[] = [];
  locals.afterwards = (work) => void after.push(work);
  let response: Response;
  try {
    response = await next();
  } catch (error) {
    response = await answer(context, error);
  }
  if (isRewritten) return response;
  const html = response.headers.get('content-type')?.startsWith('text/html');
  if (html) response.headers.set('content-type', 'text/html; charset=utf-8');
  const isRead = html || response.headers.get('content-type')?.includes('xml');
  if (isRead || response.status === 303) {
    response.headers.set('server-timing', timingOf(locals.entrance.meter));
    const signedIn = response.headers.getSetCookie().some((cookie) => cookie.includes('stoa_session='));
    if (!signedIn) for (const cookie of locals.entrance.cookies()) response.headers.append('set-cookie', cookie);
  }
  for (const work of after) locals.cfContext.waitUntil(work().catch((error: unknown) => logged(error, context.url.pathname)));
  return response;
});

/** Where somebody goes to do what is missing, and then comes back. */
const DOORS: Partial<Record<Reason, string>> = { signed_out: '/sign-in', stale: '/sign-in/again', unprotected: '/settings/security' };

/** A refusal or a bug as a page with ways on. */
async function answer(context: APIContext, error: unknown): Promise<Response> {
  const { locals, url } = context;
  const door = error instanceof Refusal ? DOORS[error.reason] : undefined;
  if (door) return context.redirect(`${path(locals.locale, door)}?next=${encodeURIComponent(path(locals.locale, url.pathname + url.search))}`, 303);
  if (error instanceof Refusal) return plain(context, error.reason === 'not_found' ? '/404' : '/refused', error.status);
  if (isFull(error) || isUnavailable(error)) {
    locals.isFull = isFull(error);
    const response = await plain(context, '/unavailable', 503);
    response.headers.set('retry-after', retryAfter(error));
    return response;
  }
  locals.reference = logged(error, url.pathname);
  return plain(context, '/500', 500);
}

async function plain(context: APIContext, page: string, status: number): Promise<Response> {
  const response = await context.rewrite(new Request(new URL(page, context.url), { headers: context.request.headers }));
  return new Response(response.body, { status, headers: response.headers });
}
