import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { madeFolder } from './folder.ts';

/** Who has the folder of a database, and where its server listens, once it does. */
export interface Owner {
  pid: number;
  url?: string;
}

/** Milliseconds to wait for one who only looks whether somebody has it. */
const LOOKING = 200;

const BUSY = 5;

const held = new Map<string, { release(): void; times: number }>();

/** SQLite's own lock on a file (fcntl on Linux and macOS): the system takes it from a process that ends, however it ends. Undefined where another process has it. */
function locked(file: string, how: string, readOnly = false): (() => void) | undefined {
  const lock = new DatabaseSync(file, { timeout: LOOKING, readOnly });
  try {
    lock.exec(`pragma journal_mode = memory; ${how}`);
    return () => lock.close();
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    return undefined;
  }
}

const SHARED = 'begin; select 1 from sqlite_master';
const ALONE = 'begin exclusive';

/** Takes the folder of a database for this process, as often as it asks, so that no other starts a server there. Undefined where another process has it; else lets go of it. */
export function hold(folder: string): (() => void) | undefined {
  const place = madeFolder(folder);
  if (!held.has(place)) {
    const release = locked(join(place, 'lock'), ALONE);
    if (!release) return undefined;
    held.set(place, { release, times: 0 });
    tell(place, { pid: process.pid });
  }
  const mine = held.get(place)!;
  mine.times++;
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    if (--mine.times > 0) return;
    held.delete(place);
    mine.release();
  };
}

/** Notes who has the folder, for those who come while they have it. */
export function tell(folder: string, owner: Owner): void {
  const note = join(folder, 'owner.json');
  writeFileSync(`${note}.new`, JSON.stringify(owner));
  renameSync(`${note}.new`, note);
}

/** Who has the folder now. */
export function ownerOf(folder: string): Owner | undefined {
  const [file, note] = [join(folder, 'lock'), join(folder, 'owner.json')];
  if (!existsSync(file) || !existsSync(note)) return undefined;
  const free = locked(file, SHARED, true);
  free?.();
  return free ? undefined : (JSON.parse(readFileSync(note, 'utf8')) as Owner);
}

const guests = (folder: string) => join(folder, 'guests');

/** Tells a command whose server this process will use that it must not end it yet. Undefined where it has begun to. */
export const visit = (folder: string) => locked(guests(folder), SHARED);

/** Resolves when no other process uses the server of this one, and none will until what it resolves to is called. */
export async function guestsGone(folder: string, waiting: () => void): Promise<() => void> {
  for (let tries = 0; ; tries++) {
    const open = locked(guests(folder), ALONE);
    if (open) return open;
    if (tries === 5) waiting();
    await new Promise((resolve) => setTimeout(resolve, LOOKING));
  }
}
