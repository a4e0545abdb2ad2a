import { exportFile } from '../../data/export.ts';
import { pathOf } from '../args.ts';
import { progressOf } from '../progress.ts';
import { filesHere, openWorkspace } from '../workspace.ts';

/** Writes everything as JSON Lines. */
export default async function run(args: string[]): Promise<void> {
  const file = pathOf(args, 'file');
  const workspace = await openWorkspace();
  const progress = progressOf('Exporting');
  const missing: string[] = [];
  try {
    const lines = await exportFile(file, { url: workspace.databaseUrl, ...filesHere(), missing: (names) => void missing.push(...names), ...(workspace.authToken ? { authToken: workspace.authToken } : {}), progress: progress.at });
    const seconds = progress.end();
    console.log(`Exported ${lines} lines to ${file}. ${Math.round(lines / Math.max(seconds, 0.001)).toLocaleString('en')} lines/s.`);
    if (missing.length > 0) console.log(`The bytes of ${missing.length} files are not on this machine, so they are not beside the export.`);
  } finally {
    await workspace.close();
  }
}
