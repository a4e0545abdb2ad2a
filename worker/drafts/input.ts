import { z } from 'zod';
import { attached } from '../attachments/schema.ts';
import { numberOf } from '../platform/input.ts';

const typed = (limit: number) => z.string().max(limit, 'This is too long.').transform((text) => text.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\u0000', '')).default('');

/** What was typed so far, finished or not: of a reply to topic `number`, or, without one, of a new topic. `draft` is how often it was saved when the form was opened. */
export const Typed = z.object({ number: numberOf.optional(), title: typed(400), category: typed(80), kind: typed(20), tags: z.preprocess((value) => (Array.isArray(value) ? value.filter(Boolean).join(', ') : value), typed(600)), body: typed(60_000), attachments: attached, draft: z.coerce.number().int().nonnegative().default(0) });

export const Discard = z.object({ number: numberOf.optional() });

/** What was typed so far in the composer of ticket `number`. */
export const TypedAnswer = z.object({
  number: numberOf,
  body: typed(60_000),
  visibility: z.enum(['public', 'internal']).catch('public'),
  status: typed(80),
  attachments: attached,
  draft: z.coerce.number().int().nonnegative().default(0),
});

export const DiscardAnswer = z.object({ number: numberOf });
