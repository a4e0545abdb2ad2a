import { z } from 'zod';
import { line, words } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';
import { eventNames, events } from './events.ts';
import { strangersIn, type Template } from './templates.ts';

const which = { event: z.enum(eventNames), locale: z.enum(locales) };

export const WhichTemplate = z.object(which);

/** Which places of a template a letter of this event does not fill in, by field: what is said of them. */
export function unknownPlaces(event: string, template: Template): Record<string, string> {
  const known = events[event] ?? [];
  const spelt = (names: readonly string[]) => names.map((name) => `{{${name}}}`).join(', ');
  return Object.fromEntries(
    (['subject', 'text'] as const).flatMap((field) => {
      const strange = strangersIn(template[field], known);
      return strange.length === 0 ? [] : [[field, `There is no placeholder ${spelt([...new Set(strange)])} here. Use only these placeholders: ${spelt(known)}.`]];
    }),
  );
}

/** The words of one letter in one language, with no places in them but its own. */
export const NewTemplate = z
  .object({ ...which, subject: line(200, 'Write a subject.', 'Keep the subject under 200 characters.'), text: words(5_000, 'Write a text.', 'Keep it under 5,000 characters.') })
  .superRefine(({ event, subject, text }, context) => {
    for (const [field, message] of Object.entries(unknownPlaces(event, { subject, text }))) context.addIssue({ code: 'custom', path: [field], message });
  });
