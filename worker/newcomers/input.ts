import { z } from 'zod';
import { chosen, remark } from '../platform/input.ts';

export const NewcomerClaim = z.object({ person: z.string().max(80), version: z.coerce.number().int().nonnegative() });

/** Ids of people with the versions that were on the screen, and what becomes of all of them. Who is rejected reads the words. */
export const NewcomersDecision = z.object({ entries: chosen, decision: z.enum(['approve', 'reject'], { error: 'Choose what to do.' }), words: remark(2_000, 'Keep it under 2,000 characters.') });
