import { z } from 'zod';
import { body, email, line, numberOf, unsaid } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';

const url = z.string();
const outside = {
  name: z.preprocess(unsaid, line(80, 'Write their name.', 'Keep the name under 80 characters.').optional()),
  email: z.preprocess(unsaid, email.optional()),
  locale: z.enum(locales).default('en'),
};

/** With whom: ids of `colleagues`, everybody who is in a `group` now, by its id, and somebody outside by address. `url` is the public address of this workspace, for letters. */
export const NewSide = z.object({
  number: numberOf,
  subject: line(200, 'Say it in a few words.', 'Keep the subject under 200 characters.'),
  body,
  colleagues: z.preprocess((value) => value ?? [], z.array(z.string().max(80)).max(50, 'Choose someone from the list.')),
  group: z.preprocess(unsaid, z.string().regex(/^\w{0,80}$/, 'Choose a group from the list.').optional()),
  ...outside,
  url,
});

export const SideWords = z.object({ side: z.string().max(80), body, url });

/** What comes with the signed link. */
export const SideAnswer = z.object({ key: z.string().max(80), body });
