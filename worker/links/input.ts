import { z } from 'zod';
import { placeholders, unknownIn } from '../macros/access.ts';
import { body, numberOf } from '../platform/input.ts';

/** What the other ticket is to this one. */
export const relations = ['parent', 'child', 'problem', 'incident', 'duplicate', 'original', 'related', 'blocked_by', 'blocks'] as const;

const other = z.coerce.number({ error: 'Write the number of a ticket.' }).int('Write the number of a ticket.').positive('Write the number of a ticket.').max(Number.MAX_SAFE_INTEGER, 'Write the number of a ticket.');

export const Linking = z.object({ number: numberOf, other, as: z.enum(relations, { error: 'Choose how they have to do with each other.' }) });

/** A link as the page shows it: from, to and kind. */
export const Unlinking = z.object({ number: numberOf, other, kind: z.string().max(20) });

const reference = z.string({ error: 'Say what it is called there.' }).trim().min(1, 'Say what it is called there.').max(120, 'Keep it under 120 characters.').regex(/^[^\p{Cc}]*$/u, 'Say what it is called there.');
const address = z.preprocess((value) => (value === '' || value === null ? undefined : value), z.url({ protocol: /^https?$/, error: 'Write a whole address, with https.' }).max(2_000, 'Write a whole address, with https.').optional());

export const Tracking = z.object({ number: numberOf, reference, url: address });
export const Untracking = z.object({ number: numberOf, reference });

const ticked = z.preprocess((value) => value === true || ['yes', 'on', '1', 'true'].includes(value as string), z.boolean());
const spelt = (names: readonly string[]) => names.map((name) => `{{${name}}}`).join(', ');

/** A text with places as macros have them, and with no others. */
const text = body.superRefine((typed, { addIssue }) => {
  const strange = unknownIn(typed);
  if (strange.length > 0) addIssue(`There is no placeholder ${spelt(strange)} here. Use only these placeholders: ${spelt(placeholders)}.`);
});

/** One answer to everybody whose ticket is an incident of this problem; `solve` solves theirs. `hold` asks that it can be taken back for a while, `look` that nothing is sent yet. */
export const AnswerOnce = z.object({ number: numberOf, body: text, solve: ticked, hold: ticked.default(false), look: ticked.default(false) });

export const OneProblem = z.object({ number: numberOf });
