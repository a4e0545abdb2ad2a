import { z } from 'zod';
import { line, numberOf } from '../platform/input.ts';

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
