import { cutShort } from '../../worker/platform/cut.ts';
import { htmlOf } from '../../worker/platform/markdown.ts';

const LONGEST = 160;
const MARKS: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': '’', '&amp;': '&' };

/** What a message says, without marks: paragraphs stay apart. */
export const textOf = (message: Parameters<typeof htmlOf>[0]): string =>
  htmlOf(message).replace(/<li>\s*/g, '– ').replace(/<\/li>\s*/g, '\n').replace(/<\/(?:p|[ou]l|pre|blockquote|h\d)>\s*/g, '\n\n').replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|#39|amp);/g, (mark) => MARKS[mark]!).replace(/\n{3,}/g, '\n\n').trim();

/** How a message begins, as one line: for choosing among several. */
export function plainOf(message: Parameters<typeof htmlOf>[0]): string {
  const text = textOf(message).replace(/\s+/g, ' ');
  return cutShort(text, LONGEST);
}
