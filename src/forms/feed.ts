import { escaped } from '../../worker/platform/html.ts';
import { path, type Locale } from '../messages/index.ts';

export interface FeedEntry {
  /** Never changes, whatever the title becomes. */
  id: string;
  title: string;
  /** Address without the language. */
  at: string;
  author: string;
  published: Date;
  updated: Date;
  /** Safe HTML; left out where the list tells no words. */
  html?: string;
  tags?: string[];
}

interface Feed {
  title: string;
  /** Public address of the workspace. */
  url: string;
  /** Address of the list it follows, without the language. */
  at: string;
  locale: Locale;
  /** The tags by which it is forgotten when that changes. */
  shows: string;
  entries: FeedEntry[];
}

// XML 1.0 knows no control characters, not even written as numbers.
const told = (text: string) => escaped(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));

const entryOf = ({ id, title, at, author, published, updated, html, tags = [] }: FeedEntry, url: string, locale: Locale) => `
  <entry>
    <id>${told(`${url}/${id}`)}</id>
    <title>${told(title)}</title>
    <link rel="alternate" href="${told(url + path(locale, at))}"/>
    <author><name>${told(author)}</name></author>
    <published>${published.toISOString()}</published>
    <updated>${updated.toISOString()}</updated>${tags.map((tag) => `\n    <category term="${told(tag)}"/>`).join('')}${html === undefined ? '' : `\n    <content type="html">${told(html)}</content>`}
  </entry>`;

/** A list as an Atom feed (RFC 4287). */
export function atom({ title, url, at, locale, shows, entries }: Feed): Response {
  const page = url + path(locale, at);
  const updated = new Date(Math.max(0, ...entries.map((entry) => entry.updated.getTime())));
  const xml = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
  <id>${told(page)}</id>
  <title>${told(title)}</title>
  <updated>${updated.toISOString()}</updated>
  <link rel="alternate" type="text/html" href="${told(page)}"/>
  <link rel="self" type="application/atom+xml" href="${told(`${page}/feed.xml`)}"/>${entries.map((entry) => entryOf(entry, url, locale)).join('')}
</feed>
`;
  return new Response(xml, { headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-tag': shows } });
}

interface Topic {
  number: number;
  slug: string;
  title: string;
  author: string;
  tags: string[];
  createdAt: Date;
  lastPostAt: Date;
}

/** Topics of a list, as entries. */
export const topicEntries = (topics: Topic[]): FeedEntry[] =>
  topics.map(({ number, slug, title, author, tags, createdAt, lastPostAt }) => ({ id: `forum/topics/${number}`, title, at: `/forum/topics/${number}/${slug}`, author, tags, published: createdAt, updated: lastPostAt }));
