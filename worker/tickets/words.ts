import { stemOf, wordsOf } from '../platform/text.ts';

/** Words of a question that are looked for, and letters from which the last may be the beginning of another. */
const [MOST, BEGUN] = [8, 3];
/** Matches nothing: the sign is never part of a word. */
const NOTHING = '"§"';

/** What somebody looks for in their tickets, as FTS5: every word of it in any of its forms, the last also as the beginning of one. Undefined when nothing is asked. */
export function asMatch(question: string | undefined): string | undefined {
  if (!question?.trim()) return undefined;
  const words = wordsOf(question).slice(0, MOST);
  if (words.length === 0) return NOTHING;
  const terms = words.map((word, i) => (i === words.length - 1 && word.length >= BEGUN && /\p{L}/u.test(word) ? `("${stemOf(word)}" OR "${word}"*)` : `"${stemOf(word)}"`));
  return terms.join(' AND ');
}
