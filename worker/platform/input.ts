import { z } from 'zod';
import type { Issues } from './refusal.ts';

/** FormData → the same plain object the JSON API receives. `name[]` is always a list, with what is in a field `name` beside it first; of other repeated fields the last counts. */
export function readForm(form: FormData): Record<string, unknown> {
  const under = (name: string) => {
    const [list, alone] = [form.getAll(`${name}[]`), form.getAll(name).slice(-1)];
    return list.length > 0 ? [...alone, ...list] : alone[0];
  };
  return Object.fromEntries([...new Set([...form.keys()].map((name) => name.replace(/\[\]$/, '')))].map((name) => [name, under(name)]));
}

/** What is said of a value for which a schema has no sentence of its own. */
export const unfit = (): string => 'Something else belongs here.';

/** The first sentence for each field. */
export function readIssues(error: z.ZodError): Issues {
  const issues: Issues = {};
  for (const issue of error.issues) issues[String(issue.path[0] ?? 'form')] ??= issue.message;
  return issues;
}

const speaking = /[^\s\p{C}\p{Z}\u115f\u1160\u3164\uffa0]/u;

const tidied = (text: string) => text.toWellFormed().replace(/\r\n?/g, '\n').trim();
const whole = z.string().refine((text) => !text.includes('\u0000'), 'Remove the invisible zero characters from this text.');

/** Text that people write. U+0000 is refused at the door (it breaks dumps), line ends become `\n`, lone surrogates U+FFFD. */
export const words = (limit: number, empty: string, tooLong: string) =>
  z
    .string({ error: empty })
    .transform(tidied)
    .pipe(whole.refine((text) => speaking.test(text), empty).max(limit, tooLong));

/** The same where nothing has to be said. */
export const remark = (limit: number, tooLong: string) => z.string().transform(tidied).pipe(whole.max(limit, tooLong)).default('');

/** Signs that turn the letters after them around, which in a line would be those of whoever shows it (UAX #9, section 2). */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** A line of text: as `words`, line breaks and control characters become spaces, and what would turn its surroundings around is left out. */
export const line = (limit: number, empty: string, tooLong: string) =>
  words(limit, empty, tooLong).transform((text) => text.replace(TURNING, '').replace(/[\s\u0001-\u001f\u007f\u2028\u2029]+/g, ' ').trim());

/** The text of a message, post or ticket, in Markdown. */
export const body = words(50_000, 'Write a message.', 'Keep it under 50,000 characters.');

export const email = z
  .string({ error: 'Enter your e-mail address.' })
  .trim()
  .toLowerCase()
  .max(254, 'This e-mail address is too long.')
  .pipe(z.email('Enter an e-mail address like name@example.com.'));

/** What a form leaves empty, and JSON says `null` to, is not said. */
export const unsaid = (value: unknown) => (value === '' || value === null ? undefined : value);

/** What may be left out. */
export const said = <T extends z.ZodType>(type: T) => z.preprocess(unsaid, type.optional());

/** A box of a form, or a boolean. */
export const ticked = z.preprocess((value) => value === true || value === 'on' || value === 'true' || value === '1', z.boolean());

export const numberOf = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** A list of tags, or one text, with commas between them: at most eight, folded to lower case. */
export const tags = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => (Array.isArray(value) ? value : [value]).flatMap((one) => one.split(',')))
  .transform((list) => [...new Set(list.map((tag) => tag.trim().toLowerCase().replace(/[\s#,]+/g, '-').replace(/^-+|-+$/g, '')).filter(Boolean))])
  .pipe(z.array(z.string().max(40, 'Keep each tag under 40 characters.')).max(8, 'Choose at most eight tags.'));

/** An entry of a list as it was on the screen; a form says `id version`. */
const entry = z.preprocess(
  (value) => (typeof value === 'string' ? { id: value.split(' ')[0], version: value.split(' ')[1] } : value),
  z.object({ id: z.string().max(80), version: z.coerce.number().int().nonnegative() }),
);

/** What came of one entry of many: decided, decided or changed by somebody quicker, or not for the viewer to decide. */
export const outcomes = ['decided', 'quicker', 'not_yours'] as const;
export type Outcome = (typeof outcomes)[number];

/** Up to fifty entries that were chosen, each once. */
export const chosen = z
  .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(entry, { error: 'Choose at least one.' }).min(1, 'Choose at least one.').max(50, 'Choose at most fifty.'))
  .transform((entries) => entries.filter(({ id }, i) => entries.findIndex((one) => one.id === id) === i));
