import { z } from 'zod';

export const Vote = z.object({
  locale: z.enum(['en', 'el']),
  category: z.string().max(120),
  slug: z.string().max(120),
  helpful: z.enum(['yes', 'no'], { error: 'Say yes or no.' }),
  /** The anonymous id of a browser; people who are signed in are known by their own. */
  browser: z.string().max(80),
});
