import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from './say.ts';
import type { Running } from './workspace.ts';

const request = (data: string) => join(data, 'restore.request');
const answer = (data: string) => join(data, 'restore.answer');

/** The backup that a command asked to put back, once. */
export function takeRestoreRequest(data: string): string | undefined {
  if (!existsSync(request(data))) return undefined;
  const folder = readFileSync(request(data), 'utf8');
  rmSync(request(data));
  return folder;
}

export const answerRestore = (data: string, words: string) => writeFileSync(answer(data), words);

/** Asks the launcher of a running workspace to put a backup back, and waits until it did. */
export async function askToRestore(data: string, { pid }: Running, folder: string): Promise<void> {
  rmSync(answer(data), { force: true });
  writeFileSync(request(data), folder);
  process.kill(pid, 'SIGUSR2');
  for (let waited = 0; !existsSync(answer(data)); waited += 100) {
    if (waited > 600_000) throw new Trouble('The workspace did not answer within ten minutes.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const words = readFileSync(answer(data), 'utf8');
  rmSync(answer(data));
  if (words !== 'done') throw new Trouble(words);
}
