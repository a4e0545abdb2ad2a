import { z } from 'zod';
import { email } from '../platform/input.ts';

export { helperKinds } from './schema.ts';

/** What solved it: `article:` and its id, or `topic:` and its number. `email` is for people who are not signed in; without one nothing can be taken back. */
export const Solved = z.object({
  solved: z.string().max(120).regex(/^(article:[\w-]+|topic:[1-9]\d{0,14})$/, 'Choose from the list.').transform((text) => ({ kind: text.startsWith('article:') ? ('article' as const) : ('topic' as const), place: text.slice(text.indexOf(':') + 1) })),
  email: z.preprocess((value) => (value === '' || value === null ? undefined : value), email.optional().catch(undefined)),
  /** Where the request came from, as far as we know. */
  network: z.string().default('unknown'),
});
