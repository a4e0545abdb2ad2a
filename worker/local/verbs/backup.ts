import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { takeBackup } from '../../data/backup.ts';
import { pathOf } from '../args.ts';
import { progressOf } from '../progress.ts';
import { Trouble } from '../say.ts';
import { DATA_FILE } from '../sqld.ts';
import { dataFolder } from '../workspace.ts';

/** Copies the database of this machine's workspace, running or not. */
export default async function run(args: string[]): Promise<void> {
  const folder = resolve(pathOf(args, 'folder'));
  const source = join(dataFolder(), 'db', DATA_FILE);
  if (!existsSync(source)) throw new Trouble(`There is no database in ${dataFolder()}.`);
  const progress = progressOf('Copying', (pages) => `${pages.toLocaleString('en')} pages`);
  const manifest = await takeBackup(source, folder, progress.at);
  progress.end();
  console.log(`Backed up to ${folder}: ${Object.entries(manifest.rows).map(([table, count]) => `${count} ${table}`).join(', ')}.`);
}
