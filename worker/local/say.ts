/** Ends the program with one clear sentence. */
export class Trouble extends Error {}

/** Runs a program of ours: a `Trouble` is told as its sentence, anything else with its stack; both end with exit code 1. */
export async function program(main: () => Promise<unknown>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof Trouble) console.error(error.message);
    else if (code === 'ENOSPC') console.error('The disk is full. Make room, then start again: nothing is lost.');
    else if (code === 'EACCES' || code === 'EROFS') console.error(`${(error as NodeJS.ErrnoException).path} cannot be written. Check who owns the folder.`);
    else console.error(error);
    process.exit(1);
  }
}
