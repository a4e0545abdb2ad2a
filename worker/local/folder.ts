import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a folder, and those above it, and says how the system names it. Node's own way never comes back from where none can be made, as below /proc. */
export function madeFolder(folder: string): string {
  make(folder);
  return realpathSync(folder);
}

function make(folder: string): void {
  if (existsSync(folder)) return;
  make(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
