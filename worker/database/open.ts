import { createClient } from '@libsql/client/web';
import { drizzle } from 'drizzle-orm/libsql/web';
import { batches } from './batch.ts';
import { type Send, streaming } from './streams.ts';

/** How the worker reaches libSQL. */
export interface Connection {
  url: string;
  authToken?: string;
  /** Every request to the database goes through it: a test counts, a launcher routes, and each call has its timeout. */
  fetch?: typeof fetch;
  /** Milliseconds after which a call is given up; PATIENCE when not said. */
  patience?: number;
}

/** Milliseconds a page waits for the database before it answers 503. */
const PATIENCE = 1_800;

/** Milliseconds in which what has arrived is read first, when a worker that was busy comes late to look whether it has waited long enough. */
const GRACE = 150;

/** Aborts after so many milliseconds, as `AbortSignal.timeout` would, but never because of a worker that was busy with something else until then; not at all once it is told to `end`. */
function impatience(patience: number) {
  const giving = new AbortController();
  const later = (work: () => void, ms: number) => {
    waiting = setTimeout(work, ms);
    (waiting as { unref?: () => void }).unref?.();
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  later(() => later(() => giving.abort(new DOMException('The database did not answer in time.', 'TimeoutError')), GRACE), Math.max(0, patience - GRACE));
  return { signal: giving.signal, end: () => clearTimeout(waiting) };
}

/** Sends, and reads the answer whole, within so many milliseconds. */
const patient = (send: typeof fetch, patience: number): Send => async (address, init) => {
  const { signal, end } = impatience(patience);
  try {
    const response = await send(address, { ...init, signal });
    return { status: response.status, text: await response.text() };
  } finally {
    end();
  }
};

/** Node and workerd alike. `read` asks many things at one moment; `write`, which the gate alone calls, does many at once. No schema is handed over, so `db.query.*` does not exist: rows come through access.ts or not at all. */
export function openDatabase({ url, authToken, fetch: send = fetch, patience = PATIENCE }: Connection) {
  const asked = patient(send, patience);
  const client = createClient({ url, intMode: 'number', concurrency: 0, fetch: streaming(asked), ...(authToken ? { authToken } : {}) });
  const db = drizzle(client, { casing: 'snake_case' });
  const dialect: object = Reflect.get(db, 'dialect');
  names ??= Reflect.get(dialect, 'casing');
  Reflect.set(dialect, 'casing', names);
  return Object.assign(db, batches(asked, url, authToken));
}

/** What drizzle learns of column names: the same for every connection, and slow to learn anew for each request. */
let names: unknown;

export type Database = ReturnType<typeof openDatabase>;
