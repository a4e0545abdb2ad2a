import { DAY } from '../platform/time.ts';

/** What is known of who flags. */
export interface Flagger {
  /** Whether they work here or moderate. */
  isStaff: boolean;
  /** How far they are trusted, 0 to 4. */
  level: number;
  /** How many of their flags were agreed with, and how many not. */
  agreed: number;
  disagreed: number;
  /** Whether what they say is something that counts more here. */
  isHeavy?: boolean;
  /** Whether they hide the post with it. */
  acts?: boolean;
}

/** The key of the setting that says what flags weigh that moderators agree with; what they weigh until that is known, and of how many it can be. */
export const LEARNED = 'flags_learned';
export const HIGH = 12.5;
const SAMPLES = 20;

/** How much of that hides a post, by how sensitive the workspace is; `off` hides nothing. */
const SENSITIVITY = { off: null, low: 9, medium: 6, high: 3 } as const;
const MOST_SENSITIVE = 9;

/** Flags that weigh this much together hide a post; infinite where nothing does. Never below one flag of somebody new. */
export const hidesAt = (sensitivity: keyof typeof SENSITIVITY, high: number = HIGH) => {
  const part = SENSITIVITY[sensitivity];
  return part === null ? Number.POSITIVE_INFINITY : Math.max(1.5, Math.round(((high * part) / MOST_SENSITIVE) * 100) / 100);
};

/** The median of these scores, where there are enough of them; else what is there at first. */
export function learnedFrom(scores: number[]): number {
  if (scores.length < SAMPLES) return HIGH;
  const sorted = [...scores].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** One person who does not work here never weighs as much alone. */
const MOST_OF_ONE = 8;
/** Milliseconds that an account counts as new; of new accounts the heaviest two flags count. */
export const NEW = 7 * DAY;
export const NEW_COUNTED = 2;

/** How right somebody was so far: nothing up to five decided flags, then up or down from seven right in ten, the more the longer (Discourse, user_flag_score). */
function accuracy(agreed: number, disagreed: number): number {
  const n = agreed + disagreed;
  if (n <= 5) return 0;
  const p = agreed / n;
  const side = p >= 0.7 ? (p - 0.7) / 0.3 : -(0.7 - p) / 0.7;
  return Math.round(side * 5 * (Math.log(n) / Math.log(4)) * 100) / 100;
}

/** How much more weighs what counts more in a workspace, and what somebody says who acts on it at once. */
const [HEAVY, ACTED] = [2, 5];

/** What a flag weighs: one, five more from staff or as much as one is trusted, how right they were so far, what it is for, and whether they act on it; never less than nothing. */
export function weightOf({ isStaff, level, agreed, disagreed, isHeavy = false, acts = false }: Flagger): number {
  const weight = Math.max(0, 1 + (isStaff ? 5 : level) + accuracy(agreed, disagreed) + (isHeavy ? HEAVY : 0) + (acts ? ACTED : 0));
  return isStaff ? weight : Math.min(MOST_OF_ONE, weight);
}
