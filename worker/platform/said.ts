import { cutShort } from './cut.ts';
import { escaped } from './html.ts';
import { rendered } from './markdown.ts';
import { addressIn, nameOfPicture, plainText, type Reading } from './said-plain.ts';
import { beginningOfTree, type Element, isBlock, type Node, treeOf, wordsOf } from './tree.ts';

/** The same words for both parts of a letter: to be read as they stand, and as HTML whose style is its own, as programs of mail want it. */
export interface Said {
  text: string;
  html: string;
}

const LINE = '#b8bcc4';
const P = 'margin:0 0 16px';
/** Colours of links, quiet words and code: in the dark others take their place by class, where a program of mail knows of it. */
export const LINK = 'color:#0b5c9e';
export const QUIET = 'color:#6b7280;font-size:14px';
const CODE = "background:#f1f2f4;color:#1f2430;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px";
export const DARK = '@media (prefers-color-scheme:dark){.link{color:#8ab8ee!important}.quiet{color:#a7adb8!important}.code{background:#2a2d33!important;color:#e8e6e3!important}.mark{color:#e0925f!important}}';

const STYLES: Record<string, string> = {
  p: P, h2: 'margin:24px 0 8px;font-size:20px;line-height:1.3', h3: 'margin:20px 0 8px;font-size:18px;line-height:1.3', h4: 'margin:16px 0 8px;font-size:16px', h5: 'margin:16px 0 8px;font-size:16px', h6: 'margin:16px 0 8px;font-size:16px',
  blockquote: `margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid ${LINE}`, ul: `${P};padding:0 0 0 24px`, ol: `${P};padding:0 0 0 24px`, li: 'margin:0 0 4px', dl: P, dt: 'font-weight:600', dd: 'margin:0 0 4px 24px',
  table: `${P};border-collapse:collapse`, th: `border:1px solid ${LINE};padding:4px 8px;text-align:left`, td: `border:1px solid ${LINE};padding:4px 8px`, hr: `margin:24px 0;border:0;border-top:1px solid ${LINE}`,
  pre: `${P};padding:12px;border-radius:6px;white-space:pre-wrap;${CODE}`,
};

const PLAIN = ['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'sub', 'sup', 'small', 'thead', 'tbody', 'tr'];

/** A paragraph of HTML. */
export const paragraph = (html: string, style = '', name = '') => `<p${name && ` class="${name}"`} style="${P}${style && `;${style}`}">${html}</p>`;

const linked = (url: string, html: string) => `<a class="link" href="${escaped(url)}" style="${LINK}" rel="nofollow noopener">${html}</a>`;

/** One piece as HTML of mail. Pictures are links: those of others would tell them who reads, and ours ask who is there. */
function drawn(node: Node, reading: Reading, isLinked = false): string {
  if (typeof node === 'string') return escaped(node);
  const { tag, attributes } = node;
  const inner = (isIn = isLinked) => node.children.map((child) => drawn(child, reading, isIn)).join('');
  const style = STYLES[tag];
  if (tag === 'br') return '<br>';
  if (tag === 'hr') return `<hr style="${style}">`;
  if (tag === 'img') return pictureIn(node, reading, isLinked);
  if (tag === 'a') {
    const url = isLinked ? undefined : addressIn(reading, attributes['href']);
    return url ? linked(url, inner(true)) : inner();
  }
  if (tag === 'pre') return `<pre class="code" style="${style}">${escaped(wordsOf(node).trimEnd())}</pre>`;
  if (tag === 'code' || tag === 'kbd') return `<code class="code" style="padding:1px 4px;border-radius:4px;${CODE}">${inner()}</code>`;
  if (tag === 'summary') return paragraph(`<strong>${inner()}</strong>`);
  if (tag === 'ol' && /^\d{1,9}$/.test(attributes['start'] ?? '')) return `<ol start="${attributes['start']}" style="${style}">${inner()}</ol>`;
  if (tag === 'td' || tag === 'th') return `<${tag} style="${style}${/^(center|right)$/.test(attributes['align'] ?? '') ? `;text-align:${attributes['align']}` : ''}">${inner()}</${tag}>`;
  if (style) return `<${tag} style="${style}">${inner()}</${tag}>`;
  return PLAIN.includes(tag) ? `<${tag}>${inner()}</${tag}>` : inner();
}

function pictureIn(node: Element, reading: Reading, isLinked: boolean): string {
  const url = addressIn(reading, node.attributes['src']);
  const name = escaped(nameOfPicture(node));
  return url && !isLinked ? linked(url, name) : name;
}

/** Letters of Markdown that are looked at at least, and for each that is shown: signs and addresses are not, and what is cut within them stands there as signs. */
const [LEAST, SIGNS] = [20_000, 4];

/** Markdown, or what `rendered` drew of it. */
export type Written = string | { html: string };

const treeIn = (written: Written, most: number) => treeOf(typeof written === 'string' ? rendered(cutShort(written, Math.max(LEAST, most * SIGNS))) : written.html);

/** What somebody wrote in Markdown, for a letter: all of it, or how it begins. */
export function saidIn(written: Written, reading: Reading, most: number): Said {
  const tree = beginningOfTree(treeIn(written, most), most);
  return { text: plainText(tree, reading), html: tree.map((node) => (typeof node === 'string' && node.trim() === '' ? '' : isBlock(node) ? drawn(node, reading) : paragraph(drawn(node, reading)))).join('') };
}

/** Words without signs of any kind, as paragraphs. */
export function plainlySaid(text: string): Said {
  const paragraphs = text.split(/\n{2,}/).map((one) => one.trim()).filter(Boolean);
  return { text: paragraphs.join('\n\n'), html: paragraphs.map((one) => paragraph(escaped(one).replaceAll('\n', '<br>'))).join('') };
}

/** How something that was written in Markdown begins, as one line of words: of the first paragraph that is not a quote. */
export function beginningIn(written: Written, most: number): string {
  for (const node of treeIn(written, most)) {
    const words = typeof node !== 'string' && node.tag === 'blockquote' ? '' : plainText([node]).replace(/\s+/g, ' ').trim();
    if (words) return cutShort(words, most);
  }
  return '';
}

/** What is said in one paragraph, to be put into another; undefined when it is more. */
export function withinOne({ html }: Said): string | undefined {
  const [, inner] = /^<p style="[^"]*">((?:(?!<\/?p\b|<(?:ul|ol|pre|blockquote|table|div|h\d)\b).)*)<\/p>$/s.exec(html) ?? [];
  return html === '' ? '' : inner;
}
