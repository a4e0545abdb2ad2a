import { z } from 'zod';

/** Files of one message, and bytes of one file. */
export const MOST_FILES = 10;
export const LARGEST_FILE = 25_000_000;

const GONE = 'A file that you attached is no longer there. Attach it again.';

/** Ids of files to attach; a form may send one of them, or nothing. */
export const attached = z
  .preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.string().regex(/^att_[0-9a-f]{32}$/, GONE)).max(MOST_FILES, 'Attach at most ten files.'))
  .transform((ids) => [...new Set(ids)]);

const whole = 'Write a whole number.';
const megabytes = (first: number) => z.coerce.number({ error: whole }).int(whole).min(0, whole).max(10_000_000, whole).default(first);

/** How much room files of one person have together, in megabytes: on their first day here at most, by their level, and of one who works or moderates here. */
export const Room = z.object({ newcomer: megabytes(50), level0: megabytes(1_000), level1: megabytes(1_000), level2: megabytes(1_000), level3: megabytes(1_000), level4: megabytes(1_000), team: megabytes(20_000) });
export type Room = z.infer<typeof Room>;

/** The room as it is kept, or as it is at first. */
export const roomFrom = (kept: unknown): Room => Room.safeParse(kept ?? {}).data ?? Room.parse({});
