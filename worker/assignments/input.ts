import { z } from 'zod';
import { numberOf, unsaid } from '../platform/input.ts';
import { progress } from './schema.ts';

const POST = 'Write the number of a post of this topic.';

/** When to be reminded, in the time zone of who says it: a day, and a time of it, eight in the morning if not said. */
const reminder = {
  day: z.preprocess(unsaid, z.iso.date('Choose a day.').optional()),
  time: z.preprocess(unsaid, z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time like 08:30.').default('08:00')),
};

const status = z.enum(progress, { error: 'Choose how far it is.' });

/** `assignee` is the id of a person or of a group of the team, `me`, or nothing for nobody; `post` the place of the post that it is about. */
export const Assignment = z.object({
  number: numberOf,
  assignee: z.string().regex(/^\w{0,80}$/, 'Choose someone from the list.').default(''),
  post: z.preprocess(unsaid, z.coerce.number({ error: POST }).int(POST).positive(POST).max(Number.MAX_SAFE_INTEGER, POST).optional()),
  status: status.default('open'),
  ...reminder,
});

/** How far it is from now on, and when to be reminded; no day for not at all. */
export const Advance = z.object({ number: numberOf, status, ...reminder });
