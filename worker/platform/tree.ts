import { cutShort } from './cut.ts';

/** An element of HTML that `rendered` drew. */
export interface Element {
  tag: string;
  attributes: Record<string, string>;
  children: Node[];
}

/** A piece of HTML: an element, or words without entities. */
export type Node = string | Element;

const VOID = ['br', 'hr', 'img'];
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

const unescaped = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const attributesIn = (text: string) => Object.fromEntries([...text.matchAll(/([a-z][\w-]*)="([^"]*)"/gi)].map(([, name, value]) => [name!.toLowerCase(), unescaped(value!)]));

/** HTML that `rendered` drew, as a tree. Of any other text it is some tree: whoever draws it writes every tag and attribute themselves. */
export function treeOf(html: string): Node[] {
  const top: Element = { tag: '', attributes: {}, children: [] };
  const open = [top];
  for (const [piece, isEnd, name, attributes] of html.matchAll(/<(\/?)([a-z][a-z\d]*)(\s[^<>]*|\/)?>|[^<]+|</gi)) {
    const tag = name?.toLowerCase();
    const within = open.at(-1)!;
    if (tag === undefined) within.children.push(unescaped(piece));
    else if (isEnd) {
      const from = open.findLastIndex((element) => element.tag === tag);
      if (from > 0) open.length = from;
    } else {
      const element = { tag, attributes: attributesIn(attributes ?? ''), children: [] };
      within.children.push(element);
      if (!VOID.includes(tag)) open.push(element);
    }
  }
  return top.children;
}

const BLOCKS = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'hr', 'details', 'summary', 'dl', 'dt', 'dd'];

export const isBlock = (node: Node): node is Element => typeof node !== 'string' && BLOCKS.includes(node.tag);

/** The words of a piece, and nothing else. */
export const wordsOf = (node: Node): string => (typeof node === 'string' ? node : node.tag === 'br' ? ' ' : node.tag === 'img' ? (node.attributes['alt'] ?? '') : node.children.map((child) => (isBlock(child) ? ` ${wordsOf(child)} ` : wordsOf(child))).join(''));

/** The beginning of a tree, with at most so many letters of words. What goes on ends with a sign that there is more. */
export function beginningOfTree(nodes: Node[], most: number): Node[] {
  let left = most;
  const cutIn = (some: Node[]): Node[] => {
    const kept: Node[] = [];
    for (const node of some) {
      if (left <= 0) break;
      if (typeof node === 'string') {
        kept.push(cutShort(node, left));
        left -= node.length;
      } else kept.push({ ...node, children: cutIn(node.children) });
    }
    return kept;
  };
  return cutIn(nodes);
}
