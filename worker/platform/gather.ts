import type { Gate, Sql } from './gate.ts';

/** Milliseconds after which a writing counts as lost with the request that made it. */
const LOST = 30_000;

/** What is gathered in the memory of a worker, to be written together. */
export interface Gathering<Batch> {
  /** What came since the last writing: to be added to. */
  readonly batch: Batch;
  /** Writes the batch once its time has come, in one commit, unless another request does already. What fails is logged and forgotten. */
  soon(gate: Gate): Promise<void>;
}

/** Gathers for so many milliseconds, then writes by `statements`, for which nobody waits. `name` is for the log. */
export function gathering<Batch>(name: string, milliseconds: number, empty: () => Batch, statements: (batch: Batch) => Sql[]): Gathering<Batch> {
  let [batch, writing] = [empty(), 0];
  async function write(gate: Gate): Promise<void> {
    if (Date.now() - writing < LOST) return;
    writing = Date.now();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    writing = 0;
    const some = batch;
    batch = empty();
    await gate.commit(statements(some));
  }
  return {
    get batch() {
      return batch;
    },
    soon: (gate) => write(gate).catch((error: unknown) => console.error(JSON.stringify({ [name]: String(error) }))),
  };
}
