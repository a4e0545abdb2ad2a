import { z } from 'zod';
import { line } from '../platform/input.ts';

/** `session` is the secret of the session that looks. */
export const NewLook = z.object({ handle: z.string().max(100), reason: line(300, 'Say why. The customer will read it.', 'Keep the reason under 300 characters.'), session: z.string() });

export const EndOfLook = z.object({ session: z.string() });
