import { folded, isSpaced, otherStemOf, stemOf } from '../platform/text.ts';

const LENGTH = 240;

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/** Markdown → one line of words. */
const flat = (text: string) => text.replace(/```\w*|[*_`#>|]+|!?\[|\]\([^)]*\)/g, ' ').replace(/\s+/g, ' ').trim();

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** A letter of a text in which none is other than English has them; and what is none such. */
const [PLAIN_LETTER, OTHER_LETTER] = [/[A-Za-z0-9]/, /[[\p{L}\p{N}\p{M}]--[\x00-\x7f]]/v];

interface Word {
  start: number;
  end: number;
}

interface Judged extends Word {
  hit: boolean;
}

/** Letters of a run without spaces that are taken as one word. */
const PIECE = 20;

/** A run without spaces, which begins at a place: what was found in it, and between that some letters at a time. `found` finds the former. */
function piecesOf(run: string, at: number, found: RegExp): Judged[] {
  return run.split(found).flatMap((part, i): Judged[] => {
    const start = at;
    at += part.length;
    if (i % 2 === 1) return [{ start, end: at, hit: true }];
    return Array.from({ length: Math.ceil(part.length / PIECE) }, (_, n) => ({ start: start + n * PIECE, end: Math.min(start + (n + 1) * PIECE, at), hit: false }));
  });
}

/** What was found in a text, in order, and where the word begins that stands at a place, or else the last before it. */
interface Reading {
  hits: Word[];
  beginning(place: number): number | undefined;
}

/** A text in any script, word by word. */
function read(text: string, isHit: (word: string) => boolean, found: RegExp | undefined): Reading {
  const words: Judged[] = [];
  for (const { 0: word, index: start } of text.matchAll(WORD)) {
    if (found && !isSpaced(word)) words.push(...piecesOf(word, start, found));
    else words.push({ start, end: start + word.length, hit: isHit(word) });
  }
  return { hits: words.filter(({ hit }) => hit), beginning: (place) => words.findLast(({ start }) => start <= place)?.start };
}

/** A text in plain letters: only words that may be found are looked at, a tenth of them. */
function readPlain(text: string, isHit: (word: string) => boolean, possible: RegExp): Reading {
  const hits: Word[] = [];
  for (const { 0: word, index: start } of text.matchAll(possible)) if (isHit(word)) hits.push({ start, end: start + word.length });
  return {
    hits,
    beginning(place) {
      let at = place;
      while (at >= 0 && !PLAIN_LETTER.test(text[at]!)) at--;
      while (at > 0 && PLAIN_LETTER.test(text[at - 1]!)) at--;
      return at < 0 ? undefined : at;
    },
  };
}

/** Words with the first letter of a mark, and what German participles begin with. No stem has another first letter than its word, or it is one of those without `ge`. */
function possibleOf(marks: string[]): RegExp {
  const initials = new Set(['g', ...marks.map((mark) => mark.replace(/^§§/, '')[0] ?? '')].filter((letter) => PLAIN_LETTER.test(letter)));
  return new RegExp(`(?<![A-Za-z0-9])[${[...initials].join('')}][A-Za-z0-9]*`, 'gi');
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
  const possible = possibleOf(marks);
  return (text) => {
    const shown = flat(text);
    return passageOf(shown, OTHER_LETTER.test(shown) ? read(shown, isHit, found) : readPlain(shown, isHit, possible));
  };
}

function passageOf(shown: string, reading: Reading): string {
  const start = bestStart(reading);
  const end = Math.min(shown.length, start + LENGTH);
  let html = start > 0 ? '… ' : '';
  let at = start;
  for (const word of reading.hits) {
    if (word.start < start || word.end > end) continue;
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
function bestStart({ hits, beginning }: Reading): number {
  let best = { start: 0, count: 0 };
  for (const { start } of hits) {
    const count = hits.filter((other) => other.start >= start && other.start < start + LENGTH).length;
    if (count > best.count) best = { start, count };
  }
  return best.start < 60 ? 0 : (beginning(best.start - 40) ?? 0);
}
