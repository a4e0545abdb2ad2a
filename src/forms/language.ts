import type { APIContext } from 'astro';

const DESK = /^\/(agent|csm|admin)(\/|$)/;

/** The language of a page: the desk has one address in every language, and speaks that of who works there. */
export const languageOf = ({ locals: { portal: { viewer }, locale }, url }: Pick<APIContext, 'locals' | 'url'>) => (viewer.id !== null && DESK.test(url.pathname) ? viewer.locale : locale);
