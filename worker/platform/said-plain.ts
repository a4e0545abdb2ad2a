import { type Element, isBlock, type Node, wordsOf } from './tree.ts';

/** Where a text is read: what addresses without a host belong to, and what those of files need besides, for who has no session. */
export interface Reading {
  /** Public address of the workspace. */
  site: string;
  /** `{ ticket, key }` of a guest’s link. */
  files?: Record<string, string> | undefined;
}

/** The whole address behind one that a text names; undefined where it leads nowhere outside the text. */
export function addressIn(reading: Reading, href: string | undefined): string | undefined {
  if (!href || href.startsWith('#')) return undefined;
  const url = URL.parse(href, `${reading.site}/`);
  if (!url || !['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return undefined;
  if (url.origin === new URL(reading.site).origin && url.pathname.startsWith('/files/')) for (const [name, value] of Object.entries(reading.files ?? {})) url.searchParams.set(name, value);
  return url.href.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
}

/** What a picture is called: by what it shows, or by its file. */
export const nameOfPicture = ({ attributes: { alt, src = '' } }: Element) => alt?.trim() || (URL.parse(src, 'https://x')?.pathname.split('/').at(-1) ?? '');

const collapsed = (text: string) => text.replace(/[ \t\r\n]+/g, ' ');

/** Whether the words of a link are its address, so that both would say the same. */
const isSame = (name: string, url: string) => name.includes(' ') ? false : [name, `http://${name}`, `mailto:${name}`, `tel:${name}`].some((one) => URL.parse(one)?.href === url);

const withAddress = (name: string, url: string | undefined) => {
  if (!url) return name;
  if (!name || isSame(name, url)) return url.replace(/^(mailto|tel):/, '');
  return `${name} (${url})`;
};

/** Words on a line; with a place where they are read, addresses beside what is linked. */
function lineOf(node: Node, reading: Reading | undefined, isLinked = false): string {
  if (typeof node === 'string') return collapsed(node);
  const inner = (isIn = isLinked) => node.children.map((child) => lineOf(child, reading, isIn)).join('');
  if (node.tag === 'br') return '\n';
  if (node.tag === 'img') return withAddress(nameOfPicture(node), reading && !isLinked ? addressIn(reading, node.attributes['src']) : undefined);
  return node.tag === 'a' && reading && !isLinked ? withAddress(inner(true).trim(), addressIn(reading, node.attributes['href'])) : inner();
}

const trimmed = (text: string) => text.split('\n').map((line) => line.trim()).join('\n').trim();

const indented = (text: string, first: string, others: string) => text.split('\n').map((line, i) => (i === 0 ? first + line : line && others + line)).join('\n');

function listOf({ tag, attributes, children }: Element, reading: Reading | undefined): string {
  const start = Number(attributes['start'] ?? 1);
  return children
    .filter((child): child is Element => typeof child !== 'string' && child.tag === 'li')
    .map((item, i) => {
      const mark = tag === 'ol' ? `${start + i}. ` : '– ';
      return indented(blocksOf(item.children, reading).join('\n'), mark, ' '.repeat(mark.length));
    })
    .join('\n');
}

const rowsOf = (table: Element, reading: Reading | undefined): string[] =>
  table.children.flatMap((child) => (typeof child === 'string' ? [] : child.tag === 'tr' ? [child.children.filter((cell) => typeof cell !== 'string').map((cell) => trimmed(lineOf(cell, reading))).join(' | ')] : rowsOf(child, reading)));

function blockOf(element: Element, reading: Reading | undefined): string[] {
  const { tag, children } = element;
  if (tag === 'pre') return [wordsOf(element).replace(/^\n+|\s+$/g, '')];
  if (tag === 'hr') return ['———'];
  if (tag === 'ul' || tag === 'ol') return [listOf(element, reading)];
  if (tag === 'table') return [rowsOf(element, reading).join('\n')];
  if (tag === 'blockquote') return [blocksOf(children, reading).join('\n\n').split('\n').map((line) => `> ${line}`.trimEnd()).join('\n')];
  return blocksOf(children, reading);
}

/** Paragraphs, lists and what else stands by itself. */
function blocksOf(nodes: Node[], reading: Reading | undefined): string[] {
  const blocks: string[] = [];
  let line = '';
  const end = () => {
    blocks.push(trimmed(line));
    line = '';
  };
  for (const node of nodes) {
    if (isBlock(node)) {
      end();
      blocks.push(...blockOf(node, reading));
    } else line += lineOf(node, reading);
  }
  end();
  return blocks.filter(Boolean);
}

/** A tree as text without signs of Markdown, links as `text (address)`; without a place where it is read no addresses. */
export const plainText = (nodes: Node[], reading?: Reading): string => blocksOf(nodes, reading).join('\n\n');
