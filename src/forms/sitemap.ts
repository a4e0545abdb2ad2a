import { escaped } from '../../worker/platform/html.ts';
import { locales } from '../../worker/platform/viewer.ts';
import { path } from '../messages/index.ts';

const xml = (body: string) => new Response(`<?xml version="1.0" encoding="utf-8"?>\n${body}\n`, { headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-tag': 'forum,kb' } });
const SCHEMA = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** Numbers of topics in one part of the sitemap. */
export const TOPICS_A_PART = 2_000;

/** The list of the parts of a sitemap (sitemaps.org). */
export const sitemapIndex = (url: string, parts: string[]) => xml(`<sitemapindex xmlns="${SCHEMA}">\n${parts.map((part) => `<sitemap><loc>${escaped(`${url}/sitemap/${part}.xml`)}</loc></sitemap>`).join('\n')}\n</sitemapindex>`);

export interface Place {
  /** Address without the language. */
  at: string;
  updated: Date;
  /** The one language it is in; in all when not said. */
  locale?: 'en' | 'el';
}

/** One part of a sitemap: each address in each of its languages. */
export const sitemap = (url: string, places: Place[]) =>
  xml(`<urlset xmlns="${SCHEMA}">\n${places.flatMap(({ at, updated, locale }) => (locale ? [locale] : locales).map((one) => `<url><loc>${escaped(url + path(one, at))}</loc><lastmod>${updated.toISOString()}</lastmod></url>`)).join('\n')}\n</urlset>`);
