import { z } from 'zod';
import { line, ticked } from '../platform/input.ts';
import { statuses } from '../tickets/schema.ts';

const words = line(60, 'Write what it is called.', 'Keep it under 60 characters.');
const also = z.preprocess((value) => (value === '' || value === null ? undefined : value), words.optional()).transform((text) => text ?? '');

/** `id` is left out of a new one; the kind of another stays. */
export const Status = z.object({
  id: z.string().max(80).optional(),
  category: z.enum(statuses, { error: 'Choose a status from the list.' }),
  agentEn: words,
  agentEl: also,
  customerEn: words,
  customerEl: also,
  position: z.coerce.number({ error: 'Write a whole number.' }).int('Write a whole number.').min(-1_000, 'Write a whole number.').max(1_000, 'Write a whole number.').default(0),
  isActive: ticked.default(false),
});
