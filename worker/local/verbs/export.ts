import { exportFile } from '../../data/export.ts';
import { pathOf } from '../args.ts';
import { progressOf } from '../progress.ts';
import { openWorkspace } from '../workspace.ts';

/** Writes everything as JSON Lines. */
export default async function run(args: string[]): Promise<void> {
  const file = pathOf(args, 'file');
  const workspace = await openWorkspace();
  const progress = progressOf('Exporting');
  const lines = await exportFile(file, { url: workspace.databaseUrl, ...(workspace.authToken ? { authToken: workspace.authToken } : {}), progress: progress.at });
  const seconds = progress.end();
  console.log(`Exported ${lines} lines to ${file}. ${Math.round(lines / Math.max(seconds, 0.001)).toLocaleString('en')} lines/s.`);
  await workspace.close();
}
