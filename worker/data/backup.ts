import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { copyFiles, filesMissing, openedCopy } from './files.ts';

/** What a backup says of itself. */
export interface Manifest {
  takenAt: string;
  sha256: string;
  rows: Record<string, number>;
  /** Files whose bytes are in it, and those whose bytes were not there to be copied. */
  files?: { copied: number; missing: number };
}

/** The folder of files inside a backup. */
export const FILES = 'files';

const COUNTED = ['accounts', 'users', 'categories', 'topics', 'posts', 'articles', 'tickets', 'ticket_messages', 'attachments', 'ideas', 'votes', 'survey_answers', 'feedback', 'search_documents', 'outbox'];

const [COPY, NOTE] = ['stoa.db', 'manifest.json'];

/** Whether a folder holds a backup, or part of one. */
export const holdsBackup = (folder: string) => [COPY, NOTE].some((name) => existsSync(join(folder, name)));

/** Copies the database while it runs, as of one moment, then the files it tells of, and proves that the copy is whole. `source` is the live database, `files` the folder of files. A backup that is in the folder already stays whole until the new one is. */
export async function takeBackup(source: string, files: string, folder: string, progress: (done: number, total: number) => void = () => {}): Promise<Manifest> {
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, `${COPY}.new`);
  rmSync(copy, { force: true });
  const live = new DatabaseSync(source, { readOnly: true });
  try {
    await copyDatabase(live, copy, { rate: 2_000, progress: ({ totalPages, remainingPages }) => progress(totalPages - remainingPages, totalPages) });
  } finally {
    live.close();
  }
  const manifest: Manifest = { takenAt: new Date().toISOString(), sha256: await hashOfFile(copy), rows: inspected(copy), files: await copyFiles(copy, files, join(folder, FILES)) };
  writeFileSync(join(folder, `${NOTE}.new`), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of [COPY, NOTE]) renameSync(join(folder, `${name}.new`), join(folder, name));
  return manifest;
}

/** Checks that a backup is what its manifest says. Throws with a sentence when it is not. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const [copy, note] = [join(folder, COPY), join(folder, NOTE)];
  if (!existsSync(copy) || !existsSync(note)) throw new Error(`${folder} holds no backup: stoa.db and manifest.json are needed.`);
  const manifest = JSON.parse(readFileSync(note, 'utf8')) as Manifest;
  if ((await hashOfFile(copy)) !== manifest.sha256) throw new Error('The backup is not the one its manifest describes: its hash differs.');
  const rows = inspected(copy);
  for (const [table, count] of Object.entries(manifest.rows)) if (rows[table] !== count) throw new Error(`The backup holds ${rows[table]} ${table}, its manifest says ${count}.`);
  const missing = await filesMissing(copy, join(folder, FILES));
  const known = manifest.files?.missing ?? 0;
  if (missing > known) throw new Error(`Of the files of this backup ${missing - known} are not there or not what they were.`);
  return manifest;
}

function inspected(file: string): Record<string, number> {
  const database = openedCopy(file);
  try {
    const [check] = database.prepare('pragma integrity_check').all() as { integrity_check: string }[];
    if (check?.integrity_check !== 'ok') throw new Error(`The copy is damaged: ${check?.integrity_check}`);
    const tables = new Set(database.prepare("select name from sqlite_master where type = 'table'").all().map(({ name }) => name));
    return Object.fromEntries(COUNTED.filter((table) => tables.has(table)).map((table) => [table, (database.prepare(`select count(*) n from ${table}`).get() as { n: number }).n]));
  } finally {
    database.close();
  }
}

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
