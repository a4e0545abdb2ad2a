import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile as bytesOf, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Question } from '../database/batch.ts';
import { LARGEST_FILE } from '../attachments/limits.ts';
import { type Read, readFile } from '../attachments/read.ts';
import { placeOf } from '../platform/store.ts';
import { Refusal } from '../platform/refusal.ts';
import { insertAll } from './given.ts';
import type { Row } from './rows.ts';
import type { Spool } from './spool.ts';

/** A file that a line tells of: what it is called, and the SHA-256 of its bytes, in hex, which is its name in the folder. */
export interface Told {
  name: string;
  file: string;
}

/** A file that was brought in, without its bytes, which are in the store. */
export type Brought = Omit<Read, 'bytes'>;

/** The folder of bytes beside a file of lines. */
export const folderOf = (file: string) => `${file}.files`;

interface Bringing {
  spool: Spool;
  /** The folder beside the file, and the store of the workspace, if it is a folder of this machine. */
  from: string;
  to: string | undefined;
  /** What does not go in. */
  tell: (line: number, reason: string) => void;
}

/** Finds out which files of the lines that are new can go in; of the others it is told why, and their lines go in without them. */
export async function checkFiles({ spool: { db }, from, to, tell }: Bringing): Promise<void> {
  const keep = db.prepare('update carrying set files = ? where number = ?');
  const lineOf = db.prepare('select line from bodies where number = ?');
  for (const { number } of db.prepare("select c.number from carrying c join lines l on l.number = c.number and l.state = 'new' order by c.number").all() as { number: number }[]) {
    const { files } = JSON.parse(lineOf.get(number)!['line'] as string) as { files: Told[] };
    const kept: Told[] = [];
    for (const one of files) {
      const wrong = to === undefined ? 'files are stored only on the machine of the workspace' : await wrongWith(join(from, one.file));
      if (wrong) tell(number, `files: ${JSON.stringify(one.name)}: ${wrong}`);
      else kept.push(one);
    }
    keep.run(JSON.stringify(kept), number);
  }
}

async function wrongWith(place: string): Promise<string | undefined> {
  if (!existsSync(place)) return `there is no file ${place}`;
  return (await stat(place)).size > LARGEST_FILE ? 'is larger than 25 MB' : undefined;
}

/** Stores the files of these rows, one after the other, and notes them on the rows. Pictures lose where they were taken, as everywhere. */
export async function bringFiles(rows: Row[], { spool: { db }, from, to, tell }: Bringing): Promise<void> {
  if (to === undefined || !db.prepare('select 1 from carrying limit 1').get()) return;
  const carried = db.prepare('select files from carrying where number = ? and files is not null');
  for (const row of rows) {
    const found = carried.get(row.number) as { files: string } | undefined;
    if (!found) continue;
    row.files = [];
    for (const one of JSON.parse(found.files) as Told[]) {
      const brought = await bring(one, from, to, (reason) => tell(row.number, `files: ${JSON.stringify(one.name)}: ${reason}`));
      if (brought) row.files.push(brought);
    }
  }
}

async function bring({ name, file }: Told, from: string, to: string, wrong: (reason: string) => void): Promise<Brought | undefined> {
  const sent = await bytesOf(join(from, file));
  if (createHash('sha256').update(sent).digest('hex') !== file) return void wrong('its bytes are not those of its SHA-256');
  try {
    const { bytes, ...read } = await readFile(new File([sent], name), { secret: '', by: '', once: undefined });
    await put(join(to, placeOf(read.id)), bytes);
    return read;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return void wrong(Object.values(error.issues)[0] ?? error.message);
  }
}

async function put(place: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  await writeFile(`${place}.part`, bytes);
  await rename(`${place}.part`, place);
}

/** The statements that attach brought files to what a batch writes: `place` is the column of the id. */
export const filesAttached = (place: 'post_id' | 'message_id', rows: { id: string; owner: string | null; at: number; files?: Brought[] | undefined }[]): Question[] =>
  insertAll('attachments', rows.flatMap(({ id, owner, at, files = [] }) => files.map(({ id: file, name, type, size, width, height, sha256 }) => ({ id: file, owner_id: owner, name, type, size, width, height, sha256, [place]: id, created_at: at, attached_at: at }))));

/** A column of an export: the files of a post or message that are not harmful, as JSON: name, hash, and the id that their bytes lie under. */
export const FILES = (place: 'post_id' | 'message_id', id: string) => `(select json_group_array(json_array(name, sha256, coalesce(bytes_of, id))) from (select * from attachments f where f.${place} = ${id} and f.verdict <> 'infected' order by f.rowid)) files`;

const read = (json: unknown) => JSON.parse((json ?? '[]') as string) as [name: string, sha256: string, id: string][];

/** The same as a line has it; nothing where there is none. */
export function filesTold(json: unknown): Told[] | undefined {
  const files = read(json);
  return files.length > 0 ? files.map(([name, file]) => ({ name, file })) : undefined;
}

/** Copies the bytes of these files from the store of a workspace into the folder of an export. Returns the names of those that are not there. */
export async function copyOut(json: unknown, from: string, to: string): Promise<string[]> {
  const missing: string[] = [];
  for (const [name, sha256, id] of read(json)) {
    const [source, copy] = [join(from, placeOf(id)), join(to, sha256)];
    if (existsSync(copy)) continue;
    if (!existsSync(source)) missing.push(name);
    else {
      await mkdir(to, { recursive: true });
      await copyFile(source, copy);
    }
  }
  return missing;
}
