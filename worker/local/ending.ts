import { stopAll } from './supervise.ts';

/** What a shell says of a program that a signal ended: 128 and the number of the signal. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGPIPE: 141, SIGTERM: 143 };

let isEnding = false;

/** Whether this process ends already: what fails from now on fails because of it. */
export const ending = () => isEnding;

/** Ends the children, then this process. */
export async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await stopAll();
  process.exit(code);
}

/** A signal ends the children first, after `first`. `code` where the exit code says nothing of the signal. */
export function endOnSignals({ first = () => {}, code }: { first?: () => void; code?: number } = {}): void {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isEnding) first();
      void end(code ?? CODES[signal]);
    });
  }
}

/** Who reads what is said may go, as `head` does: there is nobody to tell it to, then. */
export function endUnheard(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      void end(CODES.SIGPIPE);
    });
  }
}
