import { isFull } from '../platform/full.ts';
import { end, ending, endUnheard } from './ending.ts';

/** Ends the program with one clear sentence. */
export class Trouble extends Error {}

/** Runs a program of ours: a `Trouble` is told as its sentence, anything else with its stack; both end with exit code 1, and what it started ends with it. */
export async function program(main: () => Promise<unknown>): Promise<void> {
  endUnheard();
  try {
    await main();
  } catch (error) {
    if (ending()) return;
    console.error(sentenceOf(error as Error & NodeJS.ErrnoException) ?? error);
    await end(1);
  }
}

/** What is known to go wrong with a machine, in one sentence; undefined for what is a bug of ours. */
function sentenceOf(error: Error & NodeJS.ErrnoException): string | undefined {
  if (error instanceof Trouble) return error.message;
  const { code, path } = error;
  if (isFull(error)) return 'The disk is full. Make room, then start again: nothing is lost.';
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return 'The database file is damaged. Put a backup back: npm run stoa -- restore <dir>. The file is left as it is.';
  if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'].includes(code ?? '') && path) return `${path} cannot be written. Check who owns the folder, and that it is one.`;
  if (code === 'ENOENT' && path) return `There is no ${path}, or no folder to put it in.`;
  if (code === 'EISDIR') return `${path ?? 'What was named'} is a folder, and has to be a file.`;
  return undefined;
}
