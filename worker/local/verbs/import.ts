import { statSync } from 'node:fs';
import { importFile, type Stage } from '../../data/import.ts';
import { migrate } from '../../database/migrate.ts';
import { pathOf } from '../args.ts';
import { megabytes, progressOf } from '../progress.ts';
import { Trouble } from '../say.ts';
import { filesHere, openWorkspace } from '../workspace.ts';

/** Brings a file of JSON Lines in. Bad lines are told on standard error; the rest goes in, and the exit code is 1. */
export default async function run(args: string[]): Promise<void> {
  const file = pathOf(args, 'file');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Trouble(`There is no file ${file}.`);
  const dryRun = args.includes('--dry-run');
  const workspace = await openWorkspace();
  const overall = progressOf('Importing');
  try {
    await migrate(workspace.databaseUrl, workspace.authToken);
    const { imported, unchanged, problems } = await importFile(file, {
      url: workspace.databaseUrl,
      ...(workspace.authToken ? { authToken: workspace.authToken } : {}),
      ...filesHere(),
      dryRun,
      problem: (line, reason) => console.error(`line ${line}: ${reason}`),
      progress: staged(),
    });
    const seconds = overall.end();
    const lines = Object.values(imported).reduce((sum, count) => sum + count, 0);
    const kinds = Object.entries(imported).map(([type, count]) => counted(type, count)).join(', ') || 'nothing new';
    const rate = dryRun || lines === 0 ? '' : ` ${Math.round(lines / Math.max(seconds, 0.001)).toLocaleString('en')} lines/s.`;
    console.log(`${dryRun ? 'Would import' : 'Imported'} ${kinds}; ${unchanged} there already, ${problems} with problems.${rate}`);
    if (problems > 0) process.exitCode = 1;
  } finally {
    await workspace.close();
  }
}

/** `1 category`, `3,000 categories`. */
const counted = (type: string, count: number) => `${count.toLocaleString('en')} ${count === 1 ? type : /s$/.test(type) ? `${type}es` : type.replace(/(?<![aeiou])y$/, 'ie').concat('s')}`;

/** Progress of each stage by itself, with its own rate. */
function staged(): (stage: Stage, done: number, total: number) => void {
  let [now, progress]: [Stage | undefined, ReturnType<typeof progressOf> | undefined] = [undefined, undefined];
  return (stage, done, total) => {
    if (stage !== now) {
      progress?.end();
      progress = stage === 'reading' ? progressOf('Reading', megabytes) : progressOf(stage === 'checking' ? 'Checking' : 'Importing');
      now = stage;
    }
    progress!.at(done, total);
  };
}
