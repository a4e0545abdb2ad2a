import { z } from 'zod';

/** Files of one message, and bytes of one file. */
export const MOST_FILES = 10;
export const LARGEST_FILE = 25_000_000;

const GONE = 'A file that you attached is no longer there. Attach it again.';

/** Ids of files to attach; a form may send one of them, or nothing. */
export const attached = z
  .preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(z.string().regex(/^att_[0-9a-f]{32}$/, GONE)).max(MOST_FILES, 'Attach at most ten files.'))
  .transform((ids) => [...new Set(ids)]);
