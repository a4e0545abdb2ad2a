import { z } from 'zod';
import { numberOf, tags } from '../platform/input.ts';
import { chosen, deafness } from './schema.ts';

export type { Level } from './schema.ts';

/** What to follow: the number of a topic, the slug of a category, or a tag. `normal` follows no longer. */
export const Following = z.object({
  kind: z.enum(['topic', 'category', 'tag']),
  target: z.string().max(200),
  level: z.enum(chosen, { error: 'Choose how closely to follow.' }),
});

/** What is set for a group of the team, or, without `group`, for all who come from now on: how closely they follow a category, by its slug, or a tag. `normal` sets it no longer. */
export const Default = z
  .object({
    group: z.string().max(80).default(''),
    category: z.string().max(80).default(''),
    tag: tags.transform((list) => list[0] ?? ''),
    level: z.enum(chosen, { error: 'Choose how closely to follow.' }),
  })
  .refine(({ category, tag }) => (category === '') !== (tag === ''), { path: ['category'], error: 'Choose a category, or write a tag.' });

/** A page of a topic that was opened: `upTo` is the number of its last post. */
export const Reading = z.object({ number: numberOf, upTo: numberOf });

/** `person` is a handle. `normal` hears them again. */
export const Ignoring = z.object({ person: z.string().max(120), level: z.enum([...deafness, 'normal'], { error: 'Choose how much you want to hear.' }) });
