import { z } from 'zod';
import { numberOf } from '../platform/input.ts';
import { deafness, levels } from './schema.ts';

/** What to follow: the number of a topic, the slug of a category, or a tag. `normal` follows no longer. */
export const Following = z.object({
  kind: z.enum(['topic', 'category', 'tag']),
  target: z.string().max(200),
  level: z.enum([...levels, 'normal'], { error: 'Choose how closely to follow.' }),
});

/** A page of a topic that was opened: `upTo` is the number of its last post. */
export const Reading = z.object({ number: numberOf, upTo: numberOf });

/** `person` is a handle. `normal` hears them again. */
export const Ignoring = z.object({ person: z.string().max(120), level: z.enum([...deafness, 'normal'], { error: 'Choose how much you want to hear.' }) });
