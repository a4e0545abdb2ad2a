/** Which way a measure has to go to be good. */
export type Direction = 'rises' | 'falls';

/**
 * How a value becomes points from 0 to 100.
 * `thresholds`: the points of the first step that the value does not exceed, or `beyond`.
 * `linear`: a straight line from 0 points at `worst` to 100 at `best`; outside of these it stays there (`saturates`), or the value says nothing (`bounded`).
 * `log`: the same line over the logarithm of one more than the value, so that the first few count most; it saturates.
 */
export type Curve =
  | { kind: 'thresholds'; steps: readonly (readonly [upTo: number, points: number])[]; beyond: number }
  | { kind: 'linear'; worst: number; best: number; outside: 'saturates' | 'bounded' }
  | { kind: 'log'; worst: number; best: number };

const within = (share: number) => 100 * Math.min(1, Math.max(0, share));

/** Points of a value, 0 to 100; undefined where the curve says nothing of it. */
export function pointsOn(curve: Curve, value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (curve.kind === 'thresholds') return curve.steps.find(([upTo]) => value <= upTo)?.[1] ?? curve.beyond;
  const { worst, best } = curve;
  if (curve.kind === 'log') return within((logOf(value) - logOf(worst)) / (logOf(best) - logOf(worst)));
  const share = (value - worst) / (best - worst);
  return curve.outside === 'bounded' && (share < 0 || share > 1) ? undefined : within(share);
}

const logOf = (value: number) => Math.log1p(Math.max(0, value));
