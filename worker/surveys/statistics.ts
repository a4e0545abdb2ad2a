/** A share of `n` answers with its 95 % interval, each 0 to 1; undefined of no answers. */
export interface Share {
  n: number;
  share: number;
  low: number;
  high: number;
}

/** The share of `good` among `n` with Wilson's score interval (E. B. Wilson, Probable Inference, JASA 22, 1927). */
export function shareOf(good: number, n: number): Share | undefined {
  if (n === 0) return undefined;
  const z = 1.959964;
  const share = good / n;
  const middle = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { n, share, low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) };
}

/** Fewer answers than this tell little, and are shown as such. */
export const FEW = 20;

/** The two best of five count as content. */
const CONTENT = 4;

interface Counted {
  score: number;
  answers: number;
}

/** How many were asked by mail, how many answered, and how many of these were content. */
export function satisfaction(rows: readonly Counted[]) {
  const sum = (which: (score: number) => boolean) => rows.reduce((total, { score, answers }) => total + (which(score) ? answers : 0), 0);
  const answered = sum((score) => score > 0);
  return { asked: sum((score) => score === 0), answered, content: shareOf(sum((score) => score >= CONTENT), answered) };
}
