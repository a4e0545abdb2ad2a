/** What is known of who flags. */
export interface Flagger {
  /** Whether they work here or moderate. */
  isStaff: boolean;
  /** How many of their flags were agreed with, and how many not. */
  agreed: number;
  disagreed: number;
}

/** Flags that weigh this much together hide a post. */
export const HIDES = 8.33;
/** One person who does not work here never weighs as much alone. */
const MOST_OF_ONE = 8;
/** Milliseconds that an account counts as new; of new accounts the heaviest two flags count. */
export const NEW = 7 * 86_400_000;
export const NEW_COUNTED = 2;

/** How right somebody was so far: nothing up to five decided flags, then up or down from seven right in ten, the more the longer (Discourse, user_flag_score). */
function accuracy(agreed: number, disagreed: number): number {
  const n = agreed + disagreed;
  if (n <= 5) return 0;
  const p = agreed / n;
  const side = p >= 0.7 ? (p - 0.7) / 0.3 : -(0.7 - p) / 0.7;
  return Math.round(side * 5 * (Math.log(n) / Math.log(4)) * 100) / 100;
}

/** What a flag weighs: one, five more from staff, and how right they were so far; never less than nothing. */
export function weightOf({ isStaff, agreed, disagreed }: Flagger): number {
  const weight = Math.max(0, 1 + (isStaff ? 5 : 0) + accuracy(agreed, disagreed));
  return isStaff ? weight : Math.min(MOST_OF_ONE, weight);
}
