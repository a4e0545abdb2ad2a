import type { Measured, Part } from './score.ts';

/** A measure as it is kept with its account: what was found, and what it gives, if it gives anything. */
export type Found = Measured & Partial<Part>;
