import { statSync } from 'node:fs';
import { openDatabase } from '../database/open.ts';
import { bringFiles, checkFiles, folderOf } from './attached.ts';
import { check } from './check.ts';
import type { LineType } from './line.ts';
import { linesOf } from './reader.ts';
import { openSpool, type Spool } from './spool.ts';
import { write } from './write.ts';

export interface Report {
  /** Lines of each type that went in now; on a dry run, that would have. */
  imported: Partial<Record<LineType, number>>;
  /** Lines that were there already. */
  unchanged: number;
  problems: number;
}

/** Milliseconds that a batch may take, others' writes before it and all. */
const PATIENCE = 60_000;

/** What an import is busy with, one after the other: bytes of the file, lines looked up, lines written. */
export type Stage = 'reading' | 'checking' | 'writing';

export interface Wishes {
  url: string;
  authToken?: string;
  /** The folder of files of the workspace, where it is on this machine. */
  files?: string;
  /** Report only. */
  dryRun?: boolean;
  problem: (line: number, reason: string) => void;
  progress?: (stage: Stage, done: number, total: number) => void;
}

/**
 * Brings a file into the workspace: reads it once into a spool, checks that against the workspace, writes what is new. Running it
 * again, or after it was cut off, adds only what is missing. Bad lines are told and skipped. Nobody gets mail.
 */
export async function importFile(file: string, { url, authToken, files, dryRun = false, problem, progress = () => {} }: Wishes): Promise<Report> {
  const db = openDatabase({ url, patience: PATIENCE, ...(authToken ? { authToken } : {}) });
  const spool = openSpool();
  const report: Report = { imported: {}, unchanged: 0, problems: 0 };
  const tell = (line: number, reason: string) => {
    report.problems++;
    problem(line, reason);
  };
  try {
    await fill(spool, file, tell, progress);
    await check({ client: db.$client, spool, tell, progress: (done, total) => progress('checking', done, total) });
    const bringing = { spool, from: folderOf(file), to: files, tell };
    await checkFiles(bringing);
    const fresh = spool.count('new');
    report.unchanged = Object.values(spool.count('there')).reduce((sum, lines) => sum + lines, 0);
    if (dryRun) return { ...report, imported: fresh };
    const total = Object.values(fresh).reduce((sum, lines) => sum + lines, 0);
    let done = 0;
    const written = (type: LineType, lines: number) => {
      report.imported[type] = (report.imported[type] ?? 0) + lines;
      progress('writing', (done += lines), total);
    };
    await write({ db, spool, written, bring: (rows) => bringFiles(rows, bringing) });
    return report;
  } finally {
    spool.close();
    db.$client.close();
  }
}

async function fill(spool: Spool, file: string, tell: Wishes['problem'], progress: NonNullable<Wishes['progress']>): Promise<void> {
  const { size } = statSync(file);
  for await (const { number, bytes, line, problem } of linesOf(file)) {
    const wrong = line ? spool.add(number, line) : problem;
    if (wrong) tell(number, wrong);
    if (number % 500 === 0) progress('reading', bytes, size);
  }
}
