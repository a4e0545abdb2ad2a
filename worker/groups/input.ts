import { z } from 'zod';
import { line } from '../platform/input.ts';

const WHO = 'Choose people from the list.';

/** `id` is left out of a new one; `members` are ids of people who work here. */
export const Group = z.object({
  id: z.string().max(80).optional(),
  name: line(60, 'Write a name.', 'Keep the name under 60 characters.'),
  members: z.array(z.string().max(80), WHO).max(500, WHO).default([]).transform((list) => [...new Set(list)].filter(Boolean).sort()),
});

export const OneGroup = z.object({ id: z.string().max(80) });

/** `until` is a number of hours from now, or nothing for until they say so. */
export const Availability = z.object({
  away: z.enum(['yes', 'no'], { error: 'Say whether you are away.' }),
  hours: z.preprocess((value) => (value === '' || value === null ? undefined : value), z.coerce.number({ error: 'Write a whole number of hours.' }).int('Write a whole number of hours.').min(1, 'Write a whole number of hours.').max(2_160, 'Ninety days at most.').optional()),
});
