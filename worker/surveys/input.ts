import { z } from 'zod';
import { numberOf } from '../platform/input.ts';
import { reasons } from './schema.ts';

export { reasons };

const nothing = (value: unknown) => (value === '' || value === null ? undefined : value);
const pick = 'Choose one of the five.';

/** How a ticket went, from 1 (very bad) to 5 (very good). */
export const Rating = z.object({
  number: numberOf,
  score: z.coerce.number({ error: pick }).int(pick).min(1, pick).max(5, pick),
  reason: z.preprocess(nothing, z.enum(reasons, { error: 'Choose a reason from the list.' }).optional()),
  comment: z
    .string()
    .default('')
    .transform((text) => text.toWellFormed().replaceAll('\u0000', '').replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().max(5_000, 'Keep it under 5,000 characters.')),
});
