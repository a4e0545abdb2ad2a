import { z } from 'zod';
import { attached, LARGEST_FILE } from './limits.ts';

/** Files as the worker read them from what was sent; never what somebody says of them. `network` is where they came from, `verdict` what is known of them: nothing yet, or that they wait for a scanner, `once` the key of the call of a program that brings them. */
export const Keeping = z.object({
  attachments: attached,
  files: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), size: z.int().max(LARGEST_FILE), width: z.int().nullable(), height: z.int().nullable(), sha256: z.string() })),
  network: z.string().default('unknown'),
  verdict: z.enum(['unscanned', 'waiting']).default('unscanned'),
  once: z.string().max(220).optional(),
});

export const Dropping = z.object({ ids: attached });

export const AskingAgain = z.object({ id: z.string() });

/** Files of macros. `once` is the key of the form that wants copies of them. */
export const Taking = z.object({ ids: attached, once: z.string().max(200).optional() });

export { Room as SaidRoom } from './limits.ts';
