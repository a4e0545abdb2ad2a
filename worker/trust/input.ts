import { z } from 'zod';
import { steps } from './rights.ts';

/** `level` is one of 0 to 4, which then stays as it is, or `automatic`. */
export const GivenLevel = z.object({ handle: z.string().max(100), level: z.enum(['automatic', '0', '1', '2', '3', '4'], { error: 'Choose a level.' }) });

const CHOOSE = 'Choose a level.';
const level = z.coerce.number({ error: CHOOSE }).int(CHOOSE).min(0, CHOOSE).max(4, CHOOSE);

/** Key of a step → the least level, 0 to 4. */
export const Rights = z.object(Object.fromEntries(steps.map(({ key }) => [key, level.optional()])));
