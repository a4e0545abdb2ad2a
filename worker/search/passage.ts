import { escaped } from '../platform/html.ts';
import { latinStem } from '../platform/latin.ts';
import { folded, isSpaced, otherStemOf, stemOf } from '../platform/text.ts';

const LENGTH = 240;
/** Letters of a word that is left out rather than cut. */
const LONGEST_WORD = 30;

/** Where an item of a list begins, and the line below the head of a table. */
const BEGINNING = /^[ \t]*(?:[-+*]|\d{1,3}[.)])[ \t]+|^[ \t|:-]+$/gm;

/** Markdown → one line of words. */
const flat = (text: string) => text.replace(BEGINNING, ' ').replace(/```\w*|[_#>|]+|!?\[|\]\([^)]*\)/g, ' ').replace(/[*`]+/g, '').replace(/\s+/g, ' ').trim();

/** Letters of words, and how a word ends. */
const LETTER = '[\\p{L}\\p{N}\\p{M}]';
const [WORD, IN_WORD] = [new RegExp(`${LETTER}+`, 'gu'), new RegExp(LETTER, 'u')];
const OTHER_LETTER = /[^\x00-\x7f]/;

/** Latin, Greek and Cyrillic letters, each of which is folded to know how it begins; what is between them and after may begin with anything. */
const ALPHABETS = [[0x30, 0x17f], [0x370, 0x45f], [0x1f00, 0x1fff]] as const;
const OTHERS = '\\u0180-\\u036f\\u0460-\\u1eff\\u2000-\\u{10ffff}';

/** How a mark or a folded word begins: stems of other languages have a sign before them. */
const firstOf = (mark: string) => mark.replace('§§', '').charAt(0);

/** First letter of a folded word or of its stem → all letters of the alphabets with which such a word may begin. */
const alike = new Map<string, string>();

function lettersLike(letter: string): string {
  if (alike.size === 0) {
    for (const [first, last] of ALPHABETS) {
      for (let code = first; code <= last; code++) {
        const one = String.fromCharCode(code);
        const plain = folded(one) || one;
        for (const begins of new Set([plain, latinStem(`${plain}xyz`) ?? plain].map(firstOf))) alike.set(begins, (alike.get(begins) ?? '') + one);
      }
    }
  }
  return alike.get(letter) ?? letter;
}

/** What finds the words that may be one of the marks, by their first letters: in texts with English letters alone, and in all. A stem begins as its word does, but that of a German participle. */
function candidates(marks: string[]): (text: string) => RegExp {
  const firsts = [...new Set(['g', ...marks.map(firstOf)])];
  const plain = new RegExp(`\\b[${firsts.map((letter) => (/[a-z]/.test(letter) ? letter + letter.toUpperCase() : /\d/.test(letter) ? letter : '')).join('')}][A-Za-z0-9]*`, 'g');
  let all: RegExp | undefined;
  return (text) => {
    if (!OTHER_LETTER.test(text)) return plain;
    if (all) return all;
    const first = `[${firsts.map(lettersLike).join('')}${OTHERS}]`;
    return (all = new RegExp(`${first}(?<=${LETTER})(?<!${LETTER}${first})${LETTER}*`, 'gu'));
  };
}

interface Place {
  start: number;
  end: number;
}

interface Word extends Place {
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

/** The words of a text with some without spaces, and where they are. */
function wordsIn(text: string, isHit: (word: string) => boolean, found: RegExp): Word[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index: start }) => (isSpaced(word) ? [{ start, end: start + word.length, hit: isHit(word) }] : piecesOf(word, start, found)));
}

/** Where the word begins that a place is in, or the last one before. */
function wordAt(text: string, at: number): number {
  let start = at;
  while (start > 0 && !IN_WORD.test(text[start]!)) start--;
  while (start > 0 && IN_WORD.test(text[start - 1]!)) start--;
  return start;
}

/** What was found in a text, and where the word begins that is at or before a place. */
interface Seen {
  hits: Place[];
  wordBy: (at: number) => number;
}

/** What finds the words of a question in texts. Most words come again in the next text. */
function finding(marks: string[]): (shown: string) => Seen {
  const known = new Map<string, boolean>();
  const unspaced = marks.filter((mark) => !isSpaced(mark)).sort((a, b) => b.length - a.length);
  const found = unspaced.length > 0 ? new RegExp(`(${unspaced.join('|')})`, 'iu') : undefined;
  const isHit = (word: string) => {
    let hit = known.get(word);
    if (hit === undefined) known.set(word, (hit = isMarked(word, marks)));
    return hit;
  };
  const candidatesIn = candidates(marks);
  return (shown) => {
    if (found) {
      const words = wordsIn(shown, isHit, found);
      return { hits: words.filter(({ hit }) => hit), wordBy: (at) => words.findLast(({ start }) => start <= at)?.start ?? 0 };
    }
    const hits = [...shown.matchAll(candidatesIn(shown))].flatMap(({ 0: word, index: start }) => (isHit(word) ? [{ start, end: start + word.length }] : []));
    return { hits, wordBy: (at) => wordAt(shown, at) };
  };
}

/** Letters of a text that are looked through before the rest of it is: few texts are longer, and most say early what they are about. */
const FIRST = 8_000;

/** How what a question found is shown, as safe HTML: escaped, the found words in `<mark>`. */
export interface Quoting {
  /** The part of a text that shows best why it was found, at most 240 letters. */
  passage(text: string): string;
  /** A title or a tag as a whole. */
  whole(line: string): string;
}

export function quoting(marks: string[]): Quoting {
  const seenIn = finding(marks);
  return {
    passage(text) {
      const begun = flat(text.slice(0, FIRST));
      const seen = seenIn(begun);
      if (seen.hits.length > 0 || text.length <= FIRST) return passageOf(begun, seen);
      const all = flat(text);
      return passageOf(all, seenIn(all));
    },
    whole: (line) => marked(line, seenIn(line).hits, 0, line.length),
  };
}

/** Where a passage ends that may be as long as that: with a word, where there are spaces. */
function endOf(shown: string, most: number): number {
  if (most >= shown.length) return shown.length;
  const space = shown.lastIndexOf(' ', most);
  return space > most - LONGEST_WORD ? space : most;
}

/** A part of a text, with what was found in it between its ends. */
function marked(shown: string, hits: Place[], start: number, end: number): string {
  let html = '';
  let at = start;
  for (const word of hits) {
    if (word.start < start || word.end > end) continue;
    html += `${escaped(shown.slice(at, word.start))}<mark>${escaped(shown.slice(word.start, word.end))}</mark>`;
    at = word.end;
  }
  return html + escaped(shown.slice(at, end));
}

/** The part of a text that shows best what was found in it. */
function passageOf(shown: string, { hits, wordBy }: Seen): string {
  const start = bestStart(hits.map((hit) => hit.start), wordBy);
  const end = endOf(shown, start + LENGTH);
  return (start > 0 ? '…\u00a0' : '') + marked(shown, hits, start, end) + (end < shown.length ? '\u00a0…' : '');
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
function bestStart(hits: number[], wordBy: (at: number) => number): number {
  let best = { start: 0, count: 0 };
  for (const start of hits) {
    const count = hits.filter((at) => at >= start && at < start + LENGTH).length;
    if (count > best.count) best = { start, count };
  }
  return best.start < 60 ? 0 : wordBy(best.start - 40);
}
