import { z } from 'zod';
import { line, numberOf } from '../platform/input.ts';

const ticked = z.preprocess((value) => value === true || value === 'yes' || value === 'on', z.boolean()).default(false);

const target = z.coerce.number<string | number>({ error: 'Write the number of a ticket.' }).int('Write the number of a ticket.').positive('Write the number of a ticket.').max(Number.MAX_SAFE_INTEGER, 'Write the number of a ticket.');

/** One number, or several with spaces or commas between them, or a list of them. */
const numbers = z
  .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))])
  .default([])
  .transform((value): (string | number)[] => [value].flat().flatMap((one) => String(one).split(/[\s,]+/)).filter(Boolean).map((one) => one.replace(/^#/, '')))
  .pipe(z.array(target))
  .transform((list) => [...new Set(list)]);

/**
 * `number` is the ticket that it is about; it becomes part of `into`, or, the other way round, `sources` and `more` become part of it. `share` lets the
 * other requesters take part, `accounts` confirms that the tickets belong to different accounts.
 */
export const Merging = z
  .object({ number: numberOf, into: z.preprocess((value) => (value === '' || value === null ? undefined : value), target.optional()), sources: numbers, more: numbers, share: ticked, accounts: ticked })
  .transform(({ number, into, sources, more, ...rest }) => ({ ...rest, number, into: into ?? number, sources: into === undefined ? [...new Set([...sources, ...more])] : [number] }))
  .refine(({ sources }) => sources.length > 0, { path: ['sources'], error: 'Choose the tickets to merge.' })
  .refine(({ sources }) => sources.length <= 50, { path: ['sources'], error: 'Merge at most fifty tickets at once.' });

/** The same as the API takes it: a ticket becomes part of `into`. */
export const MergeBody = z.object({ into: target, share: ticked, accounts: ticked });

const ids = z.preprocess((value) => value ?? [], z.array(z.string().max(80)).max(200, 'Choose at most two hundred messages.'));

/** The number of the ticket that was merged; `messages` were written since and go with it. `confirmed` says that others’ words among them may. */
export const Unmerging = z.object({ number: numberOf, messages: ids, confirmed: ticked });

export const Sharing = z.object({ number: numberOf, confirmed: ticked });

/** `messages` go into a ticket of their own, or are copied there; with the `form` of the one they come from, another, or, empty, none. */
export const Splitting = z.object({
  number: numberOf,
  messages: z.array(z.string().max(80), { error: 'Choose the messages.' }).min(1, 'Choose the messages.').max(200, 'Choose at most two hundred messages.').transform((list) => [...new Set(list)]),
  mode: z.enum(['move', 'copy'], { error: 'Choose whether they move or are copied.' }).default('move'),
  subject: line(200, 'Say it in a few words.', 'Keep the subject under 200 characters.'),
  form: z.string().max(80).nullish().transform((form) => (form === null ? '' : form)),
  confirmed: ticked,
});
