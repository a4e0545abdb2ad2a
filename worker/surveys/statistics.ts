import { CONTENT, POOR, type Scale, scales } from './schema.ts';

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

interface Counted {
  scale: Scale;
  score: number;
  answers: number;
}

/** How many were asked by mail, how many answered, and how many of these were content, of answers on one scale: scales are never added up. */
export function satisfaction(rows: readonly Counted[]) {
  const sum = (which: (row: Counted) => boolean) => rows.reduce((total, row) => total + (which(row) ? row.answers : 0), 0);
  const answered = sum(({ score }) => score > 0);
  return { asked: sum(({ score }) => score === 0), answered, content: shareOf(sum(({ scale, score }) => score >= CONTENT[scale]), answered) };
}

/** Whether who answered so was not content. */
export const isPoor = ({ scale, score }: Pick<Counted, 'scale' | 'score'>) => score <= POOR[scale];

/** The same for each agent that anybody answered about, most answers first; without a handle it is nobody. */
export const byAgent = <Row extends Counted & { handle: string | null; agent: string | null }>(rows: readonly Row[]) =>
  [...Map.groupBy(rows.filter(({ score }) => score > 0), (row) => row.handle ?? '')].map(([handle, of]) => ({ handle, name: of[0]!.agent, ...satisfaction(of) })).sort((a, b) => b.answered - a.answered);

/** Counted rows of each scale that anybody was asked or answered on, two points first. */
export const byScale = <Row extends Counted>(rows: readonly Row[]) => scales.map((scale) => ({ scale, rows: rows.filter((row) => row.scale === scale) })).filter((one) => one.rows.some(({ answers }) => answers > 0));
