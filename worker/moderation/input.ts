import { z } from 'zod';
import { body, line, numberOf } from '../platform/input.ts';
import { flagKinds } from './schema.ts';

const flag = z.preprocess((value) => value === true || value === 'yes', z.boolean());

export const Pinning = z.object({ number: numberOf, pinned: flag });

/** `assignee` is a person’s id, `me`, or nothing for nobody. */
export const Assignment = z.object({ number: numberOf, assignee: z.string().regex(/^\w{0,80}$/, 'Choose someone from the list.').default('') });

export const Whispering = z.object({ number: numberOf, place: numberOf, body });

const target = z.coerce.number({ error: 'Write the number of a topic.' }).int('Write the number of a topic.').positive('Write the number of a topic.').max(Number.MAX_SAFE_INTEGER);
export const Merging = z.object({ number: numberOf, into: target });

/** The ids of posts that go into a topic of their own. */
export const Splitting = z.object({
  number: numberOf,
  posts: z.array(z.string().max(80), { error: 'Choose the posts to move.' }).min(1, 'Choose the posts to move.').max(200),
  title: line(200, 'Write a title.', 'Keep the title under 200 characters.'),
});

const said = z.string().trim().max(2_000, 'Keep it under 2,000 characters.').default('');

/** Why a topic is locked; for its author. */
export const Locking = z.object({ number: numberOf, locked: flag, code: z.enum(flagKinds, { error: 'Choose a reason.' }).default('other'), words: said });

export const Flagging = z.object({ post: z.string().max(80), kind: z.enum(flagKinds, { error: 'Choose what is wrong with it.' }), words: said });

/** `version` is the one that was on the screen. */
const version = z.coerce.number().int().nonnegative();
export const Claim = z.object({ post: z.string().max(80), version });
export const Decision = z.object({ post: z.string().max(80), version, decision: z.enum(['agree', 'disagree', 'ignore'], { error: 'Choose what to do.' }), words: said });
