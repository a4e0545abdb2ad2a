import { type Key, keys } from './measures.ts';
import type { Parts } from './score.ts';

/** What a score is made of, on a day; `score` after its limits, `parts` before them. */
export interface Moment {
  score: number | null;
  parts: Parts;
}

/** How many points something moved a score. */
export interface Move {
  by: Key | 'cap';
  points: number;
}

/** Points that are rounding, since parts are kept with some digits. */
const ROUNDED = 0.005;

const sumOf = (parts: Parts) => keys.reduce((total, key) => total + (parts[key] ? parts[key].points * parts[key].share : 0), 0);

/**
 * What moved a score from one day to another: the points of each measure and of the limits, whose sum is the whole change. A measure gives its share times
 * the change of its points; where its share changed too (it came, went, faded, or the weights are others), what it lies above or below the score times
 * that. Empty where one of the days has no score.
 */
export function movesBetween(then: Moment, now: Moment): Move[] {
  if (then.score === null || now.score === null) return [];
  const [from, to] = [sumOf(then.parts), sumOf(now.parts)];
  const middle = (from + to) / 2;
  const moves = keys.flatMap((key): Move[] => {
    const [a, b] = [then.parts[key], now.parts[key]];
    if (!a && !b) return [];
    const [before, after] = [a?.points ?? b!.points, b?.points ?? a!.points];
    const [old, fresh] = [a?.share ?? 0, b?.share ?? 0];
    return [{ by: key, points: ((old + fresh) / 2) * (after - before) + ((before + after) / 2 - middle) * (fresh - old) }];
  });
  const limits = now.score - to - (then.score - from);
  return Math.abs(limits) < ROUNDED ? moves : [...moves, { by: 'cap', points: limits }];
}

/** What holds a score up and down, against the middle of the scale: the points of each measure and of the limits, whose sum is the score less 50. */
export function weightsOf({ score, parts }: Moment): Move[] {
  if (score === null) return [];
  const moves = keys.flatMap((key): Move[] => (parts[key] ? [{ by: key, points: parts[key].share * (parts[key].points - 50) }] : []));
  const limits = score - sumOf(parts);
  return Math.abs(limits) < ROUNDED ? moves : [...moves, { by: 'cap', points: limits }];
}

/** The five that lift a score most and the five that lower it most, those that matter at all. */
export function strongest(moves: readonly Move[], least = 0.05): { up: Move[]; down: Move[] } {
  const sorted = [...moves].filter(({ points }) => Math.abs(points) >= least).sort((a, b) => b.points - a.points);
  return { up: sorted.filter(({ points }) => points > 0).slice(0, 5), down: sorted.filter(({ points }) => points < 0).reverse().slice(0, 5) };
}
