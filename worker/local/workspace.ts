import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './build.ts';
import { startSqld } from './sqld.ts';
import { FILES } from './workerd.ts';

/** What a running workspace writes down, so that the command line finds it. */
export interface Running {
  pid: number;
  url: string;
  databaseUrl: string;
  /** How its letters leave, in words. */
  mail: string;
  /** Who says what texts mean, in words. */
  meaning: string;
}

/** The folder that holds everything of a workspace: `.stoa`, or STOA_DATA. */
export const dataFolder = () => resolve(process.env['STOA_DATA'] ?? join(ROOT, '.stoa'));

const noteOf = (data: string) => join(data, 'run.json');

/** The workspace that runs on this folder now, if one does. */
export function running(data = dataFolder()): Running | undefined {
  if (!existsSync(noteOf(data))) return undefined;
  const note = JSON.parse(readFileSync(noteOf(data), 'utf8')) as Running;
  try {
    process.kill(note.pid, 0);
    return note;
  } catch {
    return undefined;
  }
}

export const noteRunning = (data: string, note: Running) => writeFileSync(noteOf(data), JSON.stringify(note));
export const noteStopped = (data: string) => rmSync(noteOf(data), { force: true });

/** The key for signatures of this workspace, made once. */
export function secretOf(data: string): string {
  const file = join(data, 'secret');
  mkdirSync(data, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The folder of files of the workspace that a command opens, where it is on this machine. */
export const filesHere = (): { files?: string } => (process.env['DATABASE_URL'] ? {} : { files: join(dataFolder(), FILES) });

export interface OpenWorkspace {
  databaseUrl: string;
  authToken?: string;
  close(): Promise<void>;
}

/** The database of a workspace for a command: DATABASE_URL's, the running one's, or an embedded server for as long as the command takes. */
export async function openWorkspace(data = dataFolder()): Promise<OpenWorkspace> {
  const { DATABASE_URL, DATABASE_TOKEN } = process.env;
  if (DATABASE_URL) return { databaseUrl: DATABASE_URL, ...(DATABASE_TOKEN ? { authToken: DATABASE_TOKEN } : {}), close: async () => {} };
  const note = running(data);
  if (note) return { databaseUrl: note.databaseUrl, close: async () => {} };
  const server = await startSqld({ folder: join(data, 'db') });
  return { databaseUrl: server.url, close: () => server.stop() };
}
