import { join, resolve } from 'node:path';
import { putBack } from '../../data/restore.ts';
import { checkBackup } from '../../data/backup.ts';
import { pathOf } from '../args.ts';
import { hold } from '../lock.ts';
import { askToRestore } from '../restoring.ts';
import { Trouble } from '../say.ts';
import { DATA_FILE, inUse, startSqld } from '../sqld.ts';
import { FILES } from '../workerd.ts';
import { dataFolder, databaseIn, running } from '../workspace.ts';

/** Puts a backup in the place of this machine's database. A running workspace pauses for it; what was there is kept in `before-restore`. */
export default async function run(args: string[]): Promise<void> {
  const folder = resolve(pathOf(args, 'folder'));
  const data = dataFolder();
  const manifest = await checkBackup(folder).catch((error: Error) => {
    throw new Trouble(error.message);
  });
  const note = running(data);
  if (note) await askToRestore(data, note, folder);
  else await replace(databaseIn(data), folder, join(data, FILES));
  console.log(`Restored the backup of ${manifest.takenAt}: ${Object.entries(manifest.rows).map(([table, count]) => `${count} ${table}`).join(', ')}; ${manifest.files?.copied ?? 0} files.`);
}

/** Nobody else starts a server on the database meanwhile. */
async function replace(database: string, backup: string, files: string): Promise<void> {
  const release = hold(database);
  if (!release) throw inUse(database);
  await (await startSqld({ folder: database })).stop();
  await putBack(backup, join(database, DATA_FILE), files);
  release();
}
