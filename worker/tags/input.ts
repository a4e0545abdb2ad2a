import { z } from 'zod';
import { line, tags } from '../platform/input.ts';
import { STAFF_ONLY } from './schema.ts';

/** One tag, folded as every tag is. */
const tag = (empty: string) => tags.refine((list) => list.length === 1, empty).transform(([one]) => one!);

export const NewSynonym = z.object({ synonym: tag('Write one word that is used for the tag.'), tag: tag('Write the tag that it means.') });

export const OneSynonym = z.object({ synonym: z.string().max(80) });

/** `id` is left out of a new one; `requiredIn` are ids of categories. */
export const TagGroup = z.object({
  id: z.string().max(80).optional(),
  name: line(60, 'Write a name.', 'Keep the name under 60 characters.'),
  tags: z
    .union([z.string(), z.array(z.string())], { error: 'Write two tags or more.' })
    .transform((typed) => (Array.isArray(typed) ? typed : [typed]).flatMap((one) => one.split(',')))
    .pipe(z.array(z.string()).max(200, 'Keep a group under 50 tags.'))
    .transform((list) => [...new Set(list.flatMap((one) => tags.safeParse([one]).data ?? ['-'.repeat(41)]))])
    .pipe(z.array(z.string().max(40, 'Keep each tag under 40 characters.')).min(2, 'Write two tags or more.').max(50, 'Keep a group under 50 tags.')),
  isOneOf: z.preprocess((value) => value === true || value === 'on', z.boolean()).default(false),
  requiredIn: z.array(z.string().max(80), { error: 'Choose categories from the list.' }).max(500, 'Choose categories from the list.').default([]).transform((list) => [...new Set(list)].filter(Boolean).sort()),
});

export const OneTagGroup = z.object({ id: z.string().max(80) });

/** The least level of trust that makes new tags; 5 is the team. */
export const TagRules = z.object({ level: z.coerce.number({ error: 'Choose one from the list.' }).int('Choose one from the list.').min(0, 'Choose one from the list.').max(STAFF_ONLY, 'Choose one from the list.') });
