import { z } from 'zod';
import { body, chosen, line, numberOf, remark, tags } from '../platform/input.ts';
import { flagKinds, timerKinds } from './schema.ts';

const flag = z.preprocess((value) => value === true || value === 'yes', z.boolean());

export const Pinning = z.object({ number: numberOf, pinned: flag });

/** Whether a problem is known or fixed; nothing for neither. */
export const Standing = z.object({ number: numberOf, state: z.preprocess((value) => (value === '' ? null : value), z.enum(['known', 'fixed'], { error: 'Choose how it stands.' }).nullable()) });

export const Whispering = z.object({ number: numberOf, place: numberOf, body });

/** What is not said stays as it is. */
export const Restriction = z.object({ number: numberOf, votesFrozen: flag.optional(), teamOnly: flag.optional() });

const MINUTES = 'Choose how slow: up to a day.';

/** Minutes between two replies of one person; 0 for none. */
export const Slowing = z.object({ number: numberOf, minutes: z.coerce.number({ error: MINUTES }).int(MINUTES).min(0, MINUTES).max(1_440, MINUTES) });

const empty = (value: unknown) => (value === '' ? undefined : value);
const DATE = 'Write a day like 2027-01-31.';
const SPAN = 'Write a number of days up to 3650.';

/** `on` is a day (UTC), `days` how many after the last post. Neither: no longer. */
export const Timing = z.object({
  number: numberOf,
  kind: z.enum(timerKinds, { error: 'Choose what happens.' }),
  on: z.preprocess(empty, z.iso.date(DATE).transform((day) => new Date(`${day}T00:00:00Z`)).optional()),
  days: z.preprocess(empty, z.coerce.number({ error: SPAN }).int(SPAN).min(1, SPAN).max(3_650, SPAN).optional()),
});

const target = z.coerce.number({ error: 'Write the number of a topic.' }).int('Write the number of a topic.').positive('Write the number of a topic.').max(Number.MAX_SAFE_INTEGER);
export const Merging = z.object({ number: numberOf, into: target });

/** The ids of posts that go into a topic of their own, with its tags. */
export const Splitting = z.object({
  number: numberOf,
  posts: z.array(z.string().max(80), { error: 'Choose the posts to move.' }).min(1, 'Choose the posts to move.').max(200),
  title: line(200, 'Write a title.', 'Keep the title under 200 characters.'),
  tags,
});

const said = remark(2_000, 'Keep it under 2,000 characters.');

/** Why a topic is locked; for its author. */
export const Locking = z.object({ number: numberOf, locked: flag, code: z.enum(flagKinds, { error: 'Choose a reason.' }).default('other'), words: said });

/** `act`: a moderator hides it with this, and its author reads the words. */
export const Flagging = z.object({ post: z.string().max(80), kind: z.enum(flagKinds, { error: 'Choose what is wrong with it.' }), words: said, act: z.union([z.boolean(), z.literal('on').transform(() => true)]).default(false) });

/** `version` is the one that was on the screen. */
const version = z.coerce.number().int().nonnegative();
export const Claim = z.object({ post: z.string().max(80), version });
const decision = z.enum(['agree', 'disagree', 'ignore'], { error: 'Choose what to do.' });
export const Decision = z.object({ post: z.string().max(80), version, decision, words: said });

/** Ids of posts with the versions that were on the screen, and what becomes of all of them. */
export const ManyDecisions = z.object({ entries: chosen, decision, words: said });
