import type { Health } from '../accounts/schema.ts';
import { bandOf, type Colour, wayOf } from './colour.ts';
import { under } from './score.ts';

/** What somebody said of an account, until a moment. */
export interface Override {
  kind: 'value' | 'cap';
  points: number;
  until: Date;
}

interface Computed {
  score: number | null;
  colour: Colour | null;
  coverage: number | null;
  pastScore: number | null;
  noise: number | null;
}

/** Whether an override counts at a moment. */
export const isInForce = <O extends Pick<Override, 'until'>>(override: O | undefined, now: Date): override is O => override !== undefined && override.until.getTime() > now.getTime();

/** What is shown of what was computed, and of what somebody said meanwhile. A cap above the score changes nothing. */
export function shownOf({ score, colour, coverage, pastScore, noise }: Computed, override: Override | undefined, now: Date): Health {
  const rest = { coverage: Math.round(100 * (coverage ?? 0)), way: wayOf(score, pastScore, noise ?? 0) };
  const own = { ...rest, score: score === null ? null : Math.round(score), colour, byHand: false };
  if (!isInForce(override, now)) return own;
  const said = override.kind === 'value' ? override.points : under(score, [override]);
  if (said === null || said === score) return own;
  return { ...rest, score: Math.round(said), colour: bandOf(said), byHand: true };
}
