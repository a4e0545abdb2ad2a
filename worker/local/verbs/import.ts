import { existsSync } from 'node:fs';
import { importFile } from '../../data/import.ts';
import { migrate } from '../../database/migrate.ts';
import { pathOf } from '../args.ts';
import { progressOf } from '../progress.ts';
import { Trouble } from '../say.ts';
import { openWorkspace } from '../workspace.ts';

/** Brings a file of JSON Lines in. Bad lines are told on standard error; the rest goes in. */
export default async function run(args: string[]): Promise<void> {
  const file = pathOf(args, 'file');
  if (!existsSync(file)) throw new Trouble(`There is no file ${file}.`);
  const dryRun = args.includes('--dry-run');
  const workspace = await openWorkspace();
  const progress = progressOf('Importing');
  try {
    await migrate(workspace.databaseUrl, workspace.authToken);
    const report = await importFile(file, {
      url: workspace.databaseUrl,
      ...(workspace.authToken ? { authToken: workspace.authToken } : {}),
      dryRun,
      problem: (line, reason) => console.error(`line ${line}: ${reason}`),
      progress: progress.at,
    });
    const seconds = progress.end();
    const lines = Object.values(report.imported).reduce((sum, count) => sum + count, 0);
    const kinds = Object.entries(report.imported).map(([type, count]) => `${count} ${type}`).join(', ') || 'nothing new';
    console.log(`${dryRun ? 'Would import' : 'Imported'} ${kinds}; ${report.unchanged} there already, ${report.problems} with problems. ${Math.round(lines / Math.max(seconds, 0.001)).toLocaleString('en')} lines/s.`);
  } finally {
    await workspace.close();
  }
}
