import { type SQL, sql } from 'drizzle-orm';
import { Marked } from 'marked';
import sanitize from 'sanitize-html';
import { common } from './highlight.ts';
import { escaped } from './html.ts';

/** Version of the rules below. HTML drawn by another version is drawn anew. */
export const RENDERER = 2;

/** Beyond these, Markdown is shown as plain text: parsers take seconds, or their stack, on such input. */
const LIMITS = { length: 60_000, angles: 1_500, marks: 6_000, emphasis: 600, bangs: 600, quoteDepth: 12, indent: 48 };

/** The parser looks for an address of mail from every letter of such a run: its time grows with the square. */
const ENDLESS = /[\w.+-]{501}/;

const plain = (text: string) =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n');

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

function isTame(text: string) {
  if (text.length > LIMITS.length) return false;
  if (count(text, /[<>]/g) > LIMITS.angles || count(text, /[*_[\]`~]/g) > LIMITS.marks) return false;
  if (ENDLESS.test(text) || text.split(/\n[ \t]*\n/).some((block) => count(block, /[*_~]/g) > LIMITS.emphasis || count(block, /!/g) > LIMITS.bangs)) return false;
  return !text.split('\n').some((line) => count(/^[\s>*+\-\d.)]*/.exec(line)?.[0] ?? '', />|(?:[*+-]|\d[.)])(?=\s)/g) > LIMITS.quoteDepth || /^\s{48}/.test(line));
}

const marked = new Marked({
  gfm: true,
  breaks: false,
  renderer: {
    code({ text, lang }) {
      const language = lang?.split(/\s/)[0]?.toLowerCase() ?? '';
      const known = language && common.getLanguage(language);
      const html = known && text.length < 20_000 ? common.highlight(text, { language, ignoreIllegals: true }).value : escaped(text);
      return `<pre tabindex="0"><code${known ? ` class="language-${language}"` : ''}>${html}</code></pre>\n`;
    },
    heading({ tokens, depth }) {
      const level = Math.max(2, depth);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
});

/** What a text needs to bring a tag, a link, a picture or an entity of its own. Without them all HTML is ours. */
const BRINGS_HTML = /[<&[]|:\/\/|www\.|@/i;

const own = /^language-[\w+#-]+$/;

const rules: sanitize.IOptions = {
  allowedTags: [
    'p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'sub', 'sup', 'small', 'kbd', 'code', 'pre',
    'span', 'blockquote', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'details', 'summary',
  ],
  allowedAttributes: { a: ['href', 'title'], img: ['src', 'alt', 'title', 'width', 'height'], ol: ['start'], pre: ['tabindex'], th: ['align'], td: ['align'] },
  allowedClasses: { span: ['hljs-*'], code: [own] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['https'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 60,
  parseStyleAttributes: false,
  transformTags: {
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, ...(/^https?:/i.test(attribs['href'] ?? '') ? { rel: 'nofollow ugc noopener' } : {}) } }),
    img: (tagName, attribs) => ({ tagName, attribs: { ...attribs, alt: attribs['alt'] ?? '', loading: 'lazy' } }),
    // The page has its own first heading: those of a text start below it.
    h1: 'h2',
    // What scrolls sideways has to be reachable by keyboard.
    pre: (tagName) => ({ tagName, attribs: { tabindex: '0' } }),
  },
};
(rules.allowedAttributes as Record<string, string[]>)['a']!.push('rel');
(rules.allowedAttributes as Record<string, string[]>)['img']!.push('loading');

/** Markdown of a stranger → HTML that is safe to show. Never throws; what is too deep or too large comes back as plain paragraphs. */
export function rendered(text: string): string {
  if (!isTame(text)) return plain(text);
  try {
    const html = marked.parse(text, { async: false });
    return BRINGS_HTML.test(text) ? sanitize(html, rules) : html;
  } catch {
    return plain(text);
  }
}

/** What a table of texts keeps of one: the words, their HTML, and which rules drew it. */
export const drawn = (body: string) => ({ body, html: rendered(body), renderer: RENDERER });

/** Columns to read a text with: its HTML, or, where that is missing or drawn by older rules, the words to draw. */
export const drawing = (row: { body: { getSQL(): SQL }; html: { getSQL(): SQL }; renderer: { getSQL(): SQL } }) => ({
  html: sql<string | null>`case when ${row.renderer} = ${RENDERER} then ${row.html} end`.as('drawn_html'),
  body: sql<string | null>`case when ${row.renderer} = ${RENDERER} and ${row.html} is not null then null else ${row.body} end`.as('drawn_body'),
});

/** The HTML of a row read with `drawing`. */
export const htmlOf = (row: { html: string | null; body: string | null }) => row.html ?? rendered(row.body ?? '');

/** What `rendered` drew, without its pictures; what they show stays as words. */
export const withoutPictures = (html: string): string => html.replace(/<img\b[^>]*>/g, (tag) => /\balt="([^"]*)"/.exec(tag)?.[1] ?? '');
