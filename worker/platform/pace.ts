import type { Limit } from './limits.ts';

/** Keys that are known at once; of more, those go that did nothing for longest. */
const MOST = 10_000;

/** How often each key does something, counted in the memory of this worker: it costs no write, and what another worker of the same workspace saw does not count. */
export class Pace {
  readonly #limit: Limit;
  readonly #done = new Map<string, number[]>();

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Counts one more, and returns 0; or, beyond the limit, the milliseconds to wait, and does not. */
  wait(key: string, now: number): number {
    const { most, within } = this.#limit;
    const recent = (this.#done.get(key) ?? []).filter((at) => at > now - within);
    const wait = recent.length < most ? 0 : recent[0]! + within - now;
    this.#done.delete(key);
    this.#done.set(key, wait === 0 ? [...recent, now] : recent);
    if (this.#done.size > MOST) this.#done.delete(this.#done.keys().next().value!);
    return wait;
  }
}
