import { z } from 'zod';

/** `level` is one of 0 to 4, which then stays as it is, or `automatic`. */
export const GivenLevel = z.object({ handle: z.string().max(100), level: z.enum(['automatic', '0', '1', '2', '3', '4'], { error: 'Choose a level.' }) });
