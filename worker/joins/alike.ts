import { stemOf, wordsOf } from '../platform/text.ts';

/** Something written, with the ticket that it is of. */
export interface Written {
  subject: string;
  text: string | null;
}

/** Letters of a text that are compared: what somebody wants they say at the beginning. */
export const COMPARED = 600;
const stemsOf = ({ subject, text }: Written) => new Set(wordsOf(`${subject} ${(text ?? '').slice(0, COMPARED)}`).map(stemOf).filter((stem) => stem.length > 2));

/** Which of these are written in similar words, the most similar first, three at most: they share a quarter of the stems that the shorter one has (overlap coefficient, Szymkiewicz 1934), four at least, or most of a short one. */
export function alike<One extends Written>(written: Written, others: One[]): One[] {
  const stems = stemsOf(written);
  const scored = others.map((one) => {
    const theirs = stemsOf(one);
    const shared = [...theirs].filter((stem) => stems.has(stem)).length;
    const shorter = Math.min(stems.size, theirs.size) || 1;
    return { one, score: shared >= Math.min(4, shorter * 0.75) ? shared / shorter : 0 };
  });
  return scored.filter(({ score }) => score >= 0.25).sort((a, b) => b.score - a.score).slice(0, 3).map(({ one }) => one);
}
