import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { PLACES } from '../attachments/schema.ts';
import { placeOf } from '../platform/store.ts';

interface Row {
  id: string;
  size: number;
  sha256: string;
}

/** A database that nobody writes, opened so that SQLite puts nothing beside it (sqlite.org/uri.html, immutable). */
export const openedCopy = (file: string) => new DatabaseSync(new URL('?immutable=1', pathToFileURL(file)), { readOnly: true });

/** The files that a database tells of, those with the same bytes once. One of an earlier version lacks some of the places. */
function filesIn(database: string): Row[] {
  const open = openedCopy(database);
  try {
    if (!open.prepare("select 1 from sqlite_master where name = 'attachments'").get()) return [];
    const rows = [...open.prepare('select * from attachments').iterate()].filter((row) => row['attached_at'] === null || PLACES.some((place) => row[place] !== null && row[place] !== undefined));
    return [...new Map(rows.map((row): [unknown, unknown] => [row['bytes_of'] ?? row['id'], { id: row['bytes_of'] ?? row['id'], size: row['size'], sha256: row['sha256'] }])).values()] as Row[];
  } finally {
    open.close();
  }
}

async function isWhole(file: string, { size, sha256 }: Row): Promise<boolean> {
  if (!existsSync(file) || (await stat(file)).size !== size) return false;
  return createHash('sha256').update(await readFile(file)).digest('hex') === sha256;
}

/** Copies the files that a database tells of from one folder into another, where they are not there already; what is damaged counts as missing. */
export async function copyFiles(database: string, from: string, to: string): Promise<{ copied: number; missing: number }> {
  const counts = { copied: 0, missing: 0 };
  for (const row of filesIn(database)) {
    const [source, copy] = [join(from, placeOf(row.id)), join(to, placeOf(row.id))];
    if (await isWhole(copy, row)) counts.copied++;
    else if (await isWhole(source, row)) {
      await mkdir(dirname(copy), { recursive: true });
      await copyFile(source, copy);
      counts.copied++;
    } else counts.missing++;
  }
  return counts;
}

/** How many files that a database tells of are not in a folder, or are not what they were. */
export async function filesMissing(database: string, folder: string): Promise<number> {
  let missing = 0;
  for (const row of filesIn(database)) if (!(await isWhole(join(folder, placeOf(row.id)), row))) missing++;
  return missing;
}
