import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkBackup, FILES, type Manifest } from './backup.ts';
import { copyFiles } from './files.ts';

/** What the server writes beside its data and makes anew from it. */
const DERIVED = ['data-wal', 'data-shm', 'wallog', 'to_compact', 'tmp', '.sentinel', 'stats.json'];

/** Puts a checked backup in the place of a stopped server's database, and its files into the folder of files. What was there is kept beside it, under `before-restore`. */
export async function putBack(backup: string, dataFile: string, files: string): Promise<Manifest> {
  const manifest = await checkBackup(backup);
  const folder = dirname(dataFile);
  const kept = join(folder, 'before-restore');
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  for (const name of ['data', ...DERIVED]) if (existsSync(join(folder, name))) renameSync(join(folder, name), join(kept, name));
  copyFileSync(join(backup, 'stoa.db'), dataFile);
  await copyFiles(dataFile, join(backup, FILES), files);
  return manifest;
}
