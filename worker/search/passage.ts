import { folded, isSpaced, otherStemOf, stemOf } from '../platform/text.ts';

const LENGTH = 240;

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** Markdown → one line of words. */
const flat = (text: string) => text.replace(/```\w*|[*_`#>|]+|!?\[|\]\([^)]*\)/g, ' ').replace(/\s+/g, ' ').trim();

/** A word; and one of a text in which no letter is other than English has them, which is found in a third of the time. */
const [WORD, PLAIN_WORD] = [/[\p{L}\p{N}\p{M}]+/gu, /[A-Za-z0-9]+/g];
const OTHER_LETTER = /[^\x00-\x7f]/;

interface Word {
  start: number;
  end: number;
  hit: boolean;
}

/** Letters of a run without spaces that are taken as one word. */
const PIECE = 20;

/** A run without spaces, which begins at a place: what was found in it, and between that some letters at a time. `found` finds the former. */
function piecesOf(run: string, at: number, found: RegExp): Word[] {
  return run.split(found).flatMap((part, i): Word[] => {
    const start = at;
    at += part.length;
    if (i % 2 === 1) return [{ start, end: at, hit: true }];
    return Array.from({ length: Math.ceil(part.length / PIECE) }, (_, n) => ({ start: start + n * PIECE, end: Math.min(start + (n + 1) * PIECE, at), hit: false }));
  });
}

/** The words of a text, and where they are. */
function wordsIn(text: string, isHit: (word: string) => boolean, found: RegExp | undefined): Word[] {
  const words: Word[] = [];
  for (const { 0: word, index: start } of text.matchAll(OTHER_LETTER.test(text) ? WORD : PLAIN_WORD)) {
    if (found && !isSpaced(word)) words.push(...piecesOf(word, start, found));
    else words.push({ start, end: start + word.length, hit: isHit(word) });
  }
  return words;
}

/** For the texts that a question found: the part of each that shows best why, at most 240 letters, escaped, the found words in `<mark>`. Most words come again in the next text. */
export function quoting(marks: string[]): (text: string) => string {
  const known = new Map<string, boolean>();
  const unspaced = marks.filter((mark) => !isSpaced(mark)).sort((a, b) => b.length - a.length);
  const found = unspaced.length > 0 ? new RegExp(`(${unspaced.join('|')})`, 'iu') : undefined;
  const isHit = (word: string) => {
    let hit = known.get(word);
    if (hit === undefined) known.set(word, (hit = isMarked(word, marks)));
    return hit;
  };
  return (text) => {
    const shown = flat(text);
    return passageOf(shown, wordsIn(shown, isHit, found));
  };
}

function passageOf(shown: string, words: Word[]): string {
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

/** Shorter stems of other languages, with their sign, say too little: note and not have the same. */
const TELLING = 6;

function isMarked(word: string, marks: string[]): boolean {
  if (word.length > 40) return false;
  const plain = folded(word);
  const other = otherStemOf(plain);
  return marks.includes(plain) || marks.includes(stemOf(plain)) || (other.length > TELLING && marks.includes(other)) || marks.some((mark) => mark.length > 3 && plain.startsWith(mark));
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
