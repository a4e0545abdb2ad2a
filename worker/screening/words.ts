import { folded, languageOf } from '../platform/text.ts';

export interface Word {
  id: string;
  pattern: string;
  isRegex: boolean;
}

/** A word with what becomes of it where it stands. */
export interface Ruled extends Word {
  locale: 'en' | 'el' | null;
  action: string;
  replacement: string;
}

/** Where a word stands in a text: from, up to. */
export type Span = readonly [number, number];

/** Letters of a pattern, ways that a place of a text may be tried by one, and places in a text that are looked for. */
const [LONGEST, WAYS, MOST] = [100, 1_000, 100];

const LETTER = '[\\p{L}\\p{N}]';
const TOKEN = /\\[dwsbDWS.\\/()[\]{}?*+|^$-]|\[(?:[^\]\\]|\\[dwsDWS\]\\-]){1,60}\]|\{(\d{1,2})(?:,(\d{1,2}))?\}|[*+?]|\((?:\?:)?|\)|[^\\]/gsu;

/**
 * Whether a regular expression is one that no text makes slow: short, without look-around, back-references and repeated groups, and with so few
 * repetitions that the ways to try a place stay below a thousand. `*` and `+` stand for at most thirty.
 */
export function isSafe(pattern: string): boolean {
  if (pattern.length > LONGEST || /\(\?(?!:)/.test(pattern) || /\)[*+?{]/.test(pattern) || /[*+?}][*+?{]/.test(pattern)) return false;
  let ways = 1;
  let read = '';
  for (const [token, least, most] of pattern.matchAll(TOKEN)) {
    read += token;
    if (token === '*' || token === '+') ways *= 31;
    if (token === '?' || token === '|') ways *= 2;
    if (token.startsWith('{')) ways *= Number(most ?? least) + 1;
  }
  if (read !== pattern || ways > WAYS) return false;
  try {
    return !new RegExp(sourceOf({ pattern, isRegex: true }), 'gu').test('');
  } catch {
    return false;
  }
}

/** A pattern folded as texts are, its escapes as they are. */
function sourceOf({ pattern, isRegex }: Pick<Word, 'pattern' | 'isRegex'>): string {
  if (!isRegex) return folded(pattern).trim().replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', `${LETTER}{0,30}`).replace(/\s+/g, '\\s{1,5}');
  return pattern.replace(/\\.|[^\\]+/gsu, (part) => (part.startsWith('\\') ? part : folded(part).replaceAll('*', '{0,30}').replaceAll('+', '{1,30}')));
}

const known = new Map<string, RegExp>();

/** The expression that finds a word between other letters, in folded text. */
function expressionOf(word: Pick<Word, 'pattern' | 'isRegex'>): RegExp {
  const key = `${word.isRegex} ${word.pattern}`;
  let found = known.get(key);
  if (!found) {
    if (known.size > 2_000) known.clear();
    known.set(key, (found = new RegExp(`(?<!${LETTER})(?:${sourceOf(word)})(?!${LETTER})`, 'gu')));
  }
  return found;
}

/** A text folded letter by letter, with where each letter comes from; invisible letters are none. */
function mapped(text: string) {
  const from: number[] = [];
  let all = '';
  let at = 0;
  for (const letter of text) {
    const plain = letter < '\u0080' ? letter.toLowerCase() : /\p{Cf}/u.test(letter) ? '' : folded(letter);
    for (let i = 0; i < plain.length; i++) from.push(at);
    all += plain;
    at += letter.length;
  }
  return { all, from: [...from, at] };
}

/** Which words stand in a text, and where. Case, accents and final sigma make no difference; a word inside another is none. */
export function wordsFound<W extends Word>(text: string, words: W[]): { word: W; spans: Span[] }[] {
  if (words.length === 0) return [];
  const { all, from } = mapped(text);
  return words.flatMap((word) => {
    const spans = [...matchesOf(expressionOf(word), all)].map((match): Span => [from[match.index]!, from[match.index + match[0].length]!]);
    return spans.length > 0 ? [{ word, spans }] : [];
  });
}

function* matchesOf(expression: RegExp, text: string) {
  let count = 0;
  for (const match of text.matchAll(expression)) {
    if (match[0] === '') continue;
    yield match;
    if (++count >= MOST) return;
  }
}

/** A text with these places blackened. */
export const censored = (text: string, spans: Span[]) =>
  [...spans].sort(([a], [b]) => b - a).reduce((said, [start, end]) => said.slice(0, start) + '■'.repeat(Math.max(1, [...said.slice(start, end)].length)) + said.slice(end), text);

/** Those of the words that count in the language of a text. */
export const countingIn = <R extends Ruled>(text: string, rules: R[]): R[] => {
  const locale = languageOf(text);
  return rules.filter((rule) => rule.locale === null || rule.locale === locale);
};

/** A text with other words in these places; of those that overlap the first. */
const replaced = (text: string, found: { word: Ruled; spans: Span[] }[]) => {
  let [said, at] = ['', 0];
  for (const { span, by } of found.flatMap(({ word, spans }) => spans.map((span) => ({ span, by: word.replacement }))).sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])) {
    if (span[0] < at) continue;
    said += text.slice(at, span[0]) + by;
    at = span[1];
  }
  return said + text.slice(at);
};

/** A text as it is published: what is censored blackened, what is replaced in other words. `found` is what stands in it. */
export function reworded(text: string, found: { word: Ruled; spans: Span[] }[]): string {
  const black = censored(text, found.filter(({ word }) => word.action === 'censor').flatMap(({ spans }) => spans));
  const others = found.map(({ word }) => word).filter(({ action }) => action === 'replace');
  return others.length === 0 ? black : replaced(black, wordsFound(black, others));
}
