import type { Database } from '../database/open.ts';

/** One SQL statement with its values, as it crosses a wire. */
export interface Sql {
  sql: string;
  args: (string | number | null | Uint8Array)[];
}

export type Row = Record<string, unknown>;

/** The one door through which everything is written. One batch at a time: libSQL's server stalls for good when eight write at once. */
export interface Gate {
  /** Runs the statements as one transaction and returns the rows of each. */
  commit(statements: Sql[]): Promise<Row[][]>;
}

/** Batches that wait at most; who comes then is told at once to come again. */
const LONGEST_QUEUE = 200;

const busy = () => new Error('The database is busy: a write waited too long for its turn.');

/**
 * A gate for one process: batches wait for one another, in order of arrival. One that has waited longer than `patience`
 * (milliseconds) is given up unsent, and so is one that finds too many waiting: a stalled server gathers no queue that nobody
 * waits for any more. A call that never ends is left behind after twice the patience.
 */
export function gateOf(db: Database, patience = Number.POSITIVE_INFINITY): Gate {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function send(statements: Sql[]): Promise<Row[][]> {
    const results = await db.write(statements);
    return results.map(({ rows, columns }) => rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))));
  }

  async function inTurn(before: Promise<unknown>, statements: Sql[]): Promise<Row[][]> {
    const arrived = Date.now();
    waiting++;
    await before;
    waiting--;
    if (Date.now() - arrived > patience) throw busy();
    return patience === Number.POSITIVE_INFINITY ? send(statements) : within(patience * 2, send(statements));
  }

  return {
    async commit(statements) {
      if (waiting >= LONGEST_QUEUE) throw busy();
      const turn = inTurn(last, statements);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(busy()), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
