/** More than anybody does in a day. */
export const ENDLESS = 1_000_000;

/**
 * What depends on how far somebody is trusted, and from which level on it is theirs at first. Some rights come in steps of so much, the least first: in a
 * post links, images, people named; on the first day topics and replies; in 24 hours votes in all (one against counts as two), those against, votes on one
 * person’s posts, reports, changes of their posts; and the days for which they change what they wrote. The others are there or not: the rules for new
 * people do not look (`unchecked`), sites that they link to are known (`sites`), words to an author (`advice`), and reports that hide a post alone (`alone`).
 */
export const RIGHTS = {
  links: [[2, 0], [10, 1], [ENDLESS, 2]],
  images: [[1, 0], [5, 1], [20, 2], [ENDLESS, 3]],
  mentions: [[2, 0], [10, 1]],
  topicsOfFirstDay: [[3, 0], [10, 1], [ENDLESS, 2]],
  repliesOfFirstDay: [[10, 0], [50, 1], [ENDLESS, 2]],
  votesFor: [[20, 0], [50, 1], [75, 2], [100, 3], [150, 4]],
  votesAgainst: [[6, 0], [9, 2], [12, 3], [18, 4]],
  votesOnOne: [[10, 0], [15, 2], [20, 3], [30, 4]],
  flags: [[5, 0], [20, 1], [30, 2], [40, 3], [50, 4]],
  edits: [[10, 0], [ENDLESS, 1]],
  editing: [[1, 0], [30, 2], [365, 3], [ENDLESS, 4]],
  unchecked: [[1, 1]],
  sites: [[1, 1]],
  advice: [[1, 1]],
  alone: [[1, 3]],
} as const satisfies Record<string, readonly (readonly [amount: number, level: number])[]>;

export type Right = keyof typeof RIGHTS;

/** The levels that a workspace chose, by the key of a step; what it chose nothing for is as at first. */
export type Least = Record<string, number>;

/** What a step is called in forms and where it is kept: `links-10`, `links-all`, `alone`. */
const keyOfStep = (right: Right, amount: number) => (RIGHTS[right].length === 1 ? right : `${right}-${amount >= ENDLESS ? 'all' : amount}`);

/** Every step with its key, how much it is, and its level at first. */
export const steps = (Object.keys(RIGHTS) as Right[]).flatMap((right) => RIGHTS[right].map(([amount, level]) => ({ right, amount, level: level as number, key: keyOfStep(right, amount) })));

/** From which level on a step is somebody’s. */
export const levelOfStep = ({ key, level }: { key: string; level: number }, least: Least = {}) => least[key] ?? level;

/** How much of something a level may: nothing below its first step. */
export const mostOf = (right: Right, level: number, least: Least = {}): number =>
  Math.max(0, ...RIGHTS[right].filter(([amount, from]) => Math.min(4, level) >= levelOfStep({ key: keyOfStep(right, amount), level: from }, least)).map(([amount]) => amount));

/** Whether a level has a right at all. */
export const reaches = (right: Right, level: number, least: Least = {}) => mostOf(right, level, least) > 0;
