import { z } from 'zod';
import { remark, words } from '../platform/input.ts';
import { flagKinds } from '../moderation/schema.ts';

/** Days that a silence or a suspension lasts; `0` for good. */
const spans = ['1', '3', '7', '14', '30', '90', '365', '0'] as const;

const told = words(2_000, 'Say why, for the person.', 'Keep it under 2,000 characters.');
const note = remark(2_000, 'Keep it under 2,000 characters.');
const person = z.string().max(120);
const code = z.enum(flagKinds, { error: 'Choose a reason.' });

/** `words` are told to the person, `note` is for those who moderate. `person` is a handle. */
export const Warning = z.object({ person, code, words: told, note });

export const Sanctioning = Warning.extend({ days: z.enum(spans, { error: 'Choose how long.' }) });

export const Lifting = z.object({ sanction: z.string().max(80), words: remark(2_000, 'Keep it under 2,000 characters.') });

/** `posts` is how many they had on the page that asked: more would be another decision. */
export const SpammerDeletion = z.object({ person, posts: z.coerce.number().int().nonnegative() });

/** `key` is that of the letter, for who is shut out. */
export const Appeal = z.object({ statement: z.string().max(80), key: z.string().max(80).default(''), words: words(5_000, 'Say why you see it otherwise.', 'Keep it under 5,000 characters.') });

export const AppealDecision = z.object({ appeal: z.string().max(80), decision: z.enum(['uphold', 'overturn'], { error: 'Choose what to do.' }), words: words(2_000, 'Say why, for the person.', 'Keep it under 2,000 characters.') });
