/** An answer that is kept for everybody whom we do not know. */
export interface Kept {
  headers: [string, string][];
  body: ArrayBuffer;
  /** What it shows: `topic:top_…`, `forum`. */
  tags: string[];
  /** When it was made, in milliseconds. */
  madeAt: number;
}

/** The tag that everything has. */
export const EVERYTHING = '*';

/** Tags whose last purge is remembered one by one. */
const MOST_TAGS = 1_000;

interface Bounds {
  /** Of all bodies together. */
  bytes: number;
  entries: number;
}

/** Answers in memory, within bounds; the one that was asked for longest ago goes first. */
export class Shelf {
  readonly #kept = new Map<string, Kept>();
  /** Tag → which of all purges was its last. */
  readonly #purged = new Map<string, number>();
  readonly #bounds: Bounds;
  #bytes = 0;
  #purges = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** How many purges there were. Ask before making what shall be kept: what was purged meanwhile may have been read before. */
  get purges(): number {
    return this.#purges;
  }

  find(key: string): Kept | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found;
  }

  /** Keeps an answer that began to be made after so many purges, unless what it shows was purged since. */
  keep(key: string, answer: Kept, since: number): void {
    this.#drop(key);
    if ([EVERYTHING, ...answer.tags].some((tag) => (this.#purged.get(tag) ?? 0) > since) || answer.body.byteLength > this.#bounds.bytes) return;
    this.#kept.set(key, answer);
    this.#bytes += answer.body.byteLength;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#bounds.bytes && this.#kept.size <= this.#bounds.entries) return;
      this.#drop(oldest);
    }
  }

  /** Drops whatever has one of these tags. */
  purge(tags: string[]): void {
    this.#purges++;
    if (this.#purged.size > MOST_TAGS) this.#purged.clear();
    for (const tag of this.#purged.size === 0 ? [...tags, EVERYTHING] : tags) this.#purged.set(tag, this.#purges);
    for (const [key, answer] of this.#kept) if (tags.includes(EVERYTHING) || answer.tags.some((tag) => tags.includes(tag))) this.#drop(key);
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.body.byteLength ?? 0;
    this.#kept.delete(key);
  }
}
