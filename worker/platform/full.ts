/** What SQLite and systems say where nothing more can be stored. The server says of some writes on a full disk only that they failed. */
const FULL = /database or disk is full|disk I\/O error|no space left|SQLITE_FULL|SQLITE_IOERR|ENOSPC/i;

/** Whether an error means that the disk of the database takes nothing any more. Nothing that was stored is lost, and reading goes on. */
export function isFull(error: unknown): boolean {
  for (let cause = error as Error & { code?: unknown }, depth = 0; cause && depth < 5; cause = cause.cause as typeof cause, depth++) {
    if (FULL.test(`${cause.message} ${String(cause.code ?? '')}`)) return true;
  }
  return false;
}
