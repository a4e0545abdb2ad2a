import { z } from 'zod';
import { email } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';

export const Consent = z.object({ consent: z.literal('yes', { error: 'Tick the box if you agree.' }), locale: z.enum(locales) });

/** Whose copy; one's own when nobody is named. */
export const CopyWish = z.object({ handle: z.string().max(100).optional() });

/** Whom to erase (oneself when nobody is named), their address typed once more, and what becomes of their public words. */
export const Erasing = z.object({
  handle: z.string().max(100).optional(),
  email,
  words: z.enum(['stay', 'go'], { error: 'Choose what happens to your public words.' }),
});
