import { z } from 'zod';
import { email, line, numberOf } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';

/** What customers read of a ticket: a sentence in English, and one in Greek or none. */
export const Showing = z.object({
  number: numberOf,
  wordsEn: line(300, 'Write what customers shall read.', 'Keep it under 300 characters.'),
  wordsEl: z.preprocess((value) => (value === '' || value === null ? undefined : value), line(300, 'Write what customers shall read.', 'Keep it under 300 characters.').optional()).transform((text) => text ?? ''),
});

export const Hiding = z.object({ number: numberOf });

/** What to be told of once it is fixed: `topic:` and its number, or `incident:` and its id. */
export const Awaiting = z.object({
  follow: z.string().max(120).regex(/^(topic:[1-9]\d{0,14}|incident:inc_\w{1,80})$/, 'Choose from the list.').transform((text) => ({ kind: text.startsWith('topic:') ? ('topic' as const) : ('incident' as const), place: text.slice(text.indexOf(':') + 1) })),
});

/** The same of a guest: the address that is to be told, and where the request came from. */
export const GuestAwaiting = Awaiting.extend({ email, locale: z.enum(locales).default('en'), network: z.string().default('unknown'), url: z.string() });

/** The key of the letter that a guest got. */
export const Waiting = z.object({ key: z.string().min(1, 'This link is not whole. Copy it again from the mail.').max(200) });
