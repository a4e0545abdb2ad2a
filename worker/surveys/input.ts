import { z } from 'zod';
import { numberOf, unsaid } from '../platform/input.ts';
import { reasons, scales } from './schema.ts';

export { reasons, scales };
export type { Scale } from './schema.ts';

/** Said of a score that the question does not have. */
export const pick = 'Choose one of these.';

/** How a ticket went: from 1 (very bad) to 5 (very good), or, where the question has two points, 1 (bad) or 2 (good). */
export const Rating = z.object({
  number: numberOf,
  score: z.coerce.number({ error: pick }).int(pick).min(1, pick).max(5, pick),
  reason: z.preprocess(unsaid, z.enum(reasons, { error: 'Choose a reason from the list.' }).optional()),
  comment: z
    .string()
    .default('')
    .transform((text) => text.toWellFormed().replaceAll('\u0000', '').replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().max(5_000, 'Keep it under 5,000 characters.')),
});

const hours = 'Write a number of hours from 0 to 336.';

/** The question about solved tickets: how many points it has, and how many hours after solving it is asked by mail. */
export const Question = z.object({
  scale: z.coerce.number({ error: pick }).pipe(z.union([z.literal(2), z.literal(5)], { error: pick })).default(5),
  hours: z.coerce.number({ error: hours }).int(hours).min(0, hours).max(336, hours).default(24),
});
