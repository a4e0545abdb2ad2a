import { z } from 'zod';
import { words } from '../platform/input.ts';

/** What the author of a post is told; `signed` also who says it. */
export const Advice = z.object({
  post: z.string().max(80),
  words: words(2_000, 'Write what the author should know.', 'Keep it under 2,000 characters.'),
  signed: z.preprocess((value) => value === true || value === 'on' || value === 'yes', z.boolean()).default(false),
});
