import { folded, stemOf } from '../platform/text.ts';

const LENGTH = 240;

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** Markdown → one line of words. */
const flat = (text: string) => text.replace(/```\w*|[*_`#>|]+|!?\[|\]\([^)]*\)/g, ' ').replace(/\s+/g, ' ').trim();

/** The part of a text that shows best why it was found: at most 240 letters, escaped, the found words in `<mark>`. */
export function passageOf(text: string, marks: string[]): string {
  const shown = flat(text);
  const words = [...shown.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({ start: match.index, end: match.index + match[0].length, hit: isMarked(match[0], marks) }));
  const start = bestStart(words);
  const end = Math.min(shown.length, start + LENGTH);
  let html = start > 0 ? '… ' : '';
  let at = start;
  for (const word of words) {
    if (!word.hit || word.start < start || word.end > end) continue;
    html += `${escaped(shown.slice(at, word.start))}<mark>${escaped(shown.slice(word.start, word.end))}</mark>`;
    at = word.end;
  }
  return html + escaped(shown.slice(at, end)) + (end < shown.length ? ' …' : '');
}

function isMarked(word: string, marks: string[]): boolean {
  if (word.length > 40) return false;
  const plain = folded(word);
  return marks.includes(plain) || marks.includes(stemOf(plain)) || marks.some((mark) => mark.length > 3 && plain.startsWith(mark));
}

/** Where the window with most found words begins, a little before the first of them. */
function bestStart(words: { start: number; hit: boolean }[]): number {
  const hits = words.filter((word) => word.hit).map((word) => word.start);
  let best = { start: 0, count: 0 };
  for (const start of hits) {
    const count = hits.filter((at) => at >= start && at < start + LENGTH).length;
    if (count > best.count) best = { start, count };
  }
  const before = words.findLast((word) => word.start <= Math.max(0, best.start - 40));
  return best.start < 60 ? 0 : (before?.start ?? 0);
}
