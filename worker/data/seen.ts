import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Remembers which ids a file has used, on disk, so that memory stays bounded whatever the file's size. */
export function openSeen() {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-import-'));
  const database = new DatabaseSync(join(folder, 'seen'));
  database.exec('pragma journal_mode = off; pragma synchronous = off; create table seen (key text primary key, line integer not null) without rowid; begin');
  const insert = database.prepare('insert or ignore into seen (key, line) values (?, ?)');
  const find = database.prepare('select line from seen where key = ?');
  return {
    /** The line that used this id first, when another did. */
    earlier(key: string, line: number): number | undefined {
      if (insert.run(key, line).changes === 1) return undefined;
      const first = (find.get(key) as { line: number }).line;
      return first === line ? undefined : first;
    },
    has: (key: string) => find.get(key) !== undefined,
    close() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
