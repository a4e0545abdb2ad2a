import { z } from 'zod';
import { line, words } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';
import { eventNames, events } from './events.ts';
import { strangersIn } from './templates.ts';

const which = { event: z.enum(eventNames), locale: z.enum(locales) };

export const WhichTemplate = z.object(which);

/** The words of one letter in one language, with no places in them but its own. */
export const NewTemplate = z
  .object({ ...which, subject: line(200, 'Write a subject.', 'Keep the subject under 200 characters.'), text: words(5_000, 'Write a text.', 'Keep it under 5,000 characters.') })
  .superRefine(({ event, subject, text }, context) => {
    const known = events[event]!;
    const message = `Use only these placeholders: ${known.map((name) => `{{${name}}}`).join(', ')}.`;
    for (const [path, typed] of [['subject', subject], ['text', text]] as const) if (strangersIn(typed, known).length > 0) context.addIssue({ code: 'custom', path: [path], message });
  });
