import { DAY } from '../platform/time.ts';

/** What somebody did since they came. `given` and `received` are votes for posts, `replies` topics that they replied in; both are counted up to what is asked for. */
export interface Activity {
  topics: number;
  posts: number;
  seconds: number;
  days: number;
  given: number;
  received: number;
  replies: number;
}

/** What somebody did within the last hundred days, and what there was. */
export interface Lately {
  days: number;
  topics: number;
  posts: number;
  replies: number;
  given: number;
  received: number;
  /** Different people who voted for them, and days on which somebody did. */
  givers: number;
  receivedDays: number;
  /** Topics and posts that were written by anybody. */
  topicsThere: number;
  postsThere: number;
  /** Their posts that were rightly reported, and by how many people. */
  flagged: number;
  flaggers: number;
  isSuspended: boolean;
}

export type Level = 0 | 1 | 2 | 3 | 4;

/** Days that a regular is measured over, and milliseconds in which one who does less stays one. */
export const WINDOW = 100;
const GRACE = 14 * DAY;

/** What the levels 1 and 2 ask for (Discourse). */
export const STEPS: Record<1 | 2, Partial<Activity>> = {
  1: { topics: 5, posts: 30, seconds: 600 },
  2: { days: 15, topics: 20, posts: 100, seconds: 3_600, given: 1, received: 1, replies: 3 },
};

/** What a regular does within the window, given what there was; and what they have done in all. */
function regular({ topicsThere, postsThere }: Pick<Lately, 'topicsThere' | 'postsThere'>) {
  return {
    lately: { days: 50, replies: 10, topics: Math.min(500, Math.ceil(topicsThere / 4)), posts: Math.min(20_000, Math.ceil(postsThere / 4)), given: 30, received: 20, givers: 5, receivedDays: 7 },
    inAll: { topics: 200, posts: 500 },
    most: { flagged: 5, flaggers: 5 },
  };
}

const reaches = <T extends object>(done: T, asked: Partial<Record<keyof T, number>>, part = 1) => Object.entries(asked).every(([name, least]) => (done[name as keyof T] as number) >= (least as number) * part);

/** Whether somebody does what regulars do; `part` of it keeps a level that is there, except what is of all time and of reports. */
function isRegular(activity: Activity, lately: Lately, part = 1): boolean {
  const { lately: least, inAll, most } = regular(lately);
  return !lately.isSuspended && lately.flagged <= most.flagged && lately.flaggers <= most.flaggers && reaches(activity, inAll) && reaches(lately, least, part);
}

interface Standing {
  level: number;
  slippedAt: Date | null;
}

/**
 * The level that somebody has from now on. The first two are kept once they are reached. A regular who does less than nine tenths of what one does
 * stays one for two weeks more. The fourth is given by hand alone.
 */
export function levelFrom({ level, slippedAt }: Standing, activity: Activity, lately: Lately, now: Date): Standing {
  if (level >= 4) return { level, slippedAt: null };
  if (level === 3) {
    if (isRegular(activity, lately, 0.9)) return { level, slippedAt: null };
    const since = slippedAt ?? now;
    return now.getTime() - since.getTime() >= GRACE ? { level: 2, slippedAt: null } : { level, slippedAt: since };
  }
  const second = level === 2 || reaches(activity, STEPS[2]);
  if (second && isRegular(activity, lately)) return { level: 3, slippedAt: null };
  if (second) return { level: 2, slippedAt: null };
  return { level: Math.max(level, reaches(activity, STEPS[1]) ? 1 : 0), slippedAt: null };
}
