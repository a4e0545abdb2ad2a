import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './build.ts';
import { madeFolder } from './folder.ts';
import { guestsGone, hold, ownerOf, visit } from './lock.ts';
import { inUse, startSqld } from './sqld.ts';
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

/** Where the database of a workspace lies. */
export const databaseIn = (data: string) => join(data, 'db');

/** The workspace that runs on this folder now, if one does. */
export function running(data = dataFolder()): Running | undefined {
  if (!existsSync(noteOf(data))) return undefined;
  const note = JSON.parse(readFileSync(noteOf(data), 'utf8')) as Running;
  return ownerOf(databaseIn(data))?.pid === note.pid ? note : undefined;
}

export const noteRunning = (data: string, note: Running) => writeFileSync(noteOf(data), JSON.stringify(note));
export const noteStopped = (data: string) => rmSync(noteOf(data), { force: true });

/** The key for signatures of this workspace, made once. */
export function secretOf(data: string): string {
  const file = join(data, 'secret');
  madeFolder(data);
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

/** How often, every 100 milliseconds, a command looks whether the server of another is there yet. */
const LOOKS = 600;

/** The database of a workspace for a command: DATABASE_URL's, that of the workspace or of another command that runs on the folder, or an embedded server for as long as the command takes. */
export async function openWorkspace(data = dataFolder()): Promise<OpenWorkspace> {
  const { DATABASE_URL, DATABASE_TOKEN } = process.env;
  if (DATABASE_URL) return { databaseUrl: DATABASE_URL, ...(DATABASE_TOKEN ? { authToken: DATABASE_TOKEN } : {}), close: async () => {} };
  const folder = madeFolder(databaseIn(data));
  for (let looks = 0; looks < LOOKS; looks++) {
    const release = hold(folder);
    if (release) return own(folder).finally(release);
    const leave = visit(folder);
    const url = leave && ownerOf(folder)?.url;
    if (url) return { databaseUrl: url, close: async () => leave() };
    leave?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw inUse(folder);
}

/** A server of this command's own, which stays until others that use it are done too. */
async function own(folder: string): Promise<OpenWorkspace> {
  const server = await startSqld({ folder });
  return {
    databaseUrl: server.url,
    async close() {
      const open = await guestsGone(folder, () => console.error('Another command uses the database that this one started. Waiting until it is done.'));
      await server.stop();
      open();
    },
  };
}
