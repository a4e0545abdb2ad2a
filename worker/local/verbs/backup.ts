import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { holdsBackup, takeBackup } from '../../data/backup.ts';
import { pathOf } from '../args.ts';
import { progressOf } from '../progress.ts';
import { Trouble } from '../say.ts';
import { DATA_FILE } from '../sqld.ts';
import { FILES } from '../workerd.ts';
import { dataFolder, databaseIn } from '../workspace.ts';

/** Copies database and files of this machine's workspace, running or not. */
export default async function run(args: string[]): Promise<void> {
  const folder = resolve(pathOf(args, 'folder'));
  const source = join(databaseIn(dataFolder()), DATA_FILE);
  if (!existsSync(source)) throw new Trouble(`There is no database in ${dataFolder()}.`);
  if (holdsBackup(folder) && !args.includes('--force')) throw new Trouble(`${folder} holds a backup already. Choose another folder, or replace it with --force.`);
  const progress = progressOf('Copying', (pages) => `${pages.toLocaleString('en')} pages`);
  const manifest = await takeBackup(source, join(dataFolder(), FILES), folder, progress.at);
  progress.end();
  console.log(`Backed up to ${folder}: ${Object.entries(manifest.rows).map(([table, count]) => `${count} ${table}`).join(', ')}; ${manifest.files?.copied ?? 0} files.`);
  if (manifest.files?.missing) console.log(`The bytes of ${manifest.files.missing} files are not in the folder of files, so they are not in the backup.`);
}
