import { htmlOf } from '../../worker/platform/markdown.ts';

const LONGEST = 160;
const MARKS: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': '’', '&amp;': '&' };

/** How a message begins, as one line without marks: for choosing among several. */
export function plainOf(message: Parameters<typeof htmlOf>[0]): string {
  const text = htmlOf(message).replace(/<[^>]*>/g, ' ').replace(/&(lt|gt|quot|#39|amp);/g, (mark) => MARKS[mark]!).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
