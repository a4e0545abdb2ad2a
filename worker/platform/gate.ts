import { type Found, NothingStored, type Written } from '../database/batch.ts';
import type { Database } from '../database/open.ts';

/** One SQL statement with its values, as it crosses a wire. */
export interface Sql {
  sql: string;
  args: (string | number | null | Uint8Array)[];
}

export type Row = Record<string, unknown>;

/** The one door through which everything is written. One transaction at a time: libSQL's server stalls for good when eight write at once. */
export interface Gate {
  /** Runs the statements, all or nothing, and returns the rows of each. */
  commit(statements: Sql[]): Promise<Row[][]>;
}

/** Batches that wait at most; who comes then is told at once to come again. */
const LONGEST_QUEUE = 200;

/** Batches that are stored together at most, and statements of one that is. */
const [TOGETHER, SMALL] = [16, 40];

const busy = () => new Error('The database is busy: a write waited too long for its turn.');

/** A batch in the queue, and whom to tell what came of it. */
interface Waiting {
  statements: Sql[];
  arrived: number;
  settle(outcome: Written): void;
}

/** The first of a queue, and those after it that may be stored with it. */
function nextOf(queue: Waiting[]): Waiting[] {
  const large = queue.findIndex(({ statements }) => statements.length > SMALL);
  return queue.splice(0, large === 0 ? 1 : Math.min(TOGETHER, large === -1 ? queue.length : large));
}

const rowsOf = ({ rows, columns }: Found): Row[] => rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));

/**
 * A gate for one process: batches go in order of arrival, and those that came while others were stored go together, each all or nothing by itself;
 * where one of them made the database give up all, each goes alone.
 * One that has waited longer than `patience` (milliseconds) is given up unsent, and so is one that finds too many waiting: a stalled server gathers
 * no queue that nobody waits for any more. A call that never ends is left behind after twice the patience.
 */
export function gateOf(db: Database, patience = Number.POSITIVE_INFINITY): Gate {
  const queue: Waiting[] = [];
  let isSending = false;

  const sent = async (some: Waiting[]): Promise<Written[]> => (some.length === 1 ? [{ found: await db.write(some[0]!.statements) }] : db.writeTogether(some.map(({ statements }) => statements)));

  async function send(some: Waiting[]): Promise<void> {
    try {
      const outcomes = await (patience === Number.POSITIVE_INFINITY ? sent(some) : within(patience * 2, sent(some)));
      for (const [i, { settle }] of some.entries()) settle(outcomes[i]!);
    } catch (error) {
      if (some.length > 1 && error instanceof NothingStored) for (const one of some) await send([one]);
      else for (const { settle } of some) settle({ error: error as Error });
    }
  }

  async function sendAll(): Promise<void> {
    isSending = true;
    while (queue.length > 0) {
      if (Date.now() - queue[0]!.arrived > patience) queue.shift()!.settle({ error: busy() });
      else await send(nextOf(queue));
    }
    isSending = false;
  }

  return {
    commit: (statements) =>
      new Promise((resolve, reject) => {
        const settle = (outcome: Written) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.found.map(rowsOf)));
        if (queue.length >= LONGEST_QUEUE) return settle({ error: busy() });
        queue.push({ statements, arrived: Date.now(), settle });
        if (!isSending) void sendAll();
      }),
  };
}

function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(busy()), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
