import type { APIContext } from 'astro';
import { path } from '../messages/index.ts';

const DESK = /^\/(agent|csm|admin)(\/|$)/;

/** The language of a page: the desk has one address in every language, and speaks that of who works there. */
export const languageOf = ({ locals: { portal: { viewer }, locale }, url }: Pick<APIContext, 'locals' | 'url'>) => (viewer.id !== null && DESK.test(url.pathname) ? viewer.locale : locale);

/** What has no language of its own: feeds and other files, and articles, which are not there in each. */
const FIXED = /\.\w+$|^\/(library|kb\/[^/]+\/.)/;

/**
 * Where somebody who typed an address without a language, or kept it, reads it in theirs. Nothing where that is English; or where a link led them here, of ours or of others: it means the
 * language that it says. Browsers tell the one from the other (Fetch Metadata, `Sec-Fetch-Site: none`).
 */
export function inTheirs({ locals: { portal: { viewer }, locale }, request: { method, headers }, url: { pathname, search } }: Pick<APIContext, 'locals' | 'request' | 'url'>): string | undefined {
  const isTyped = method === 'GET' && headers.get('sec-fetch-site') === 'none' && headers.get('sec-fetch-dest') === 'document';
  if (!isTyped || viewer.id === null || locale !== 'en' || viewer.locale === 'en' || DESK.test(pathname) || FIXED.test(pathname)) return undefined;
  return path(viewer.locale, pathname + search);
}
