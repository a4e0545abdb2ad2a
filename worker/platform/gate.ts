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

/**
 * A gate for one process: batches wait for one another, in order of arrival. One that has waited longer than `patience`
 * (milliseconds) is given up unsent, so that a stalled server does not gather a queue that nobody waits for any more.
 */
export function gateOf(db: Database, patience = Number.POSITIVE_INFINITY): Gate {
  let last: Promise<unknown> = Promise.resolve();
  return {
    commit(statements) {
      const arrived = Date.now();
      const turn = last.then(async () => {
        if (Date.now() - arrived > patience) throw new Error('The database is busy: a write waited too long for its turn.');
        const results = await db.$client.batch(statements, 'write');
        return results.map(({ rows, columns }) => rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]))));
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
