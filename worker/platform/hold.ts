/** Characters that a place takes, whatever is in it. */
const PLACE = 200;

/** Things in memory that take so many characters, about, in all; what was asked for longest ago goes first. */
export class Hold<Thing extends { size: number }> {
  readonly #things = new Map<string, Thing>();
  readonly #room: number;
  #held = 0;

  constructor(room: number) {
    this.#room = room;
  }

  get(key: string): Thing | undefined {
    const found = this.#things.get(key);
    if (!found) return undefined;
    this.#things.delete(key);
    this.#things.set(key, found);
    return found;
  }

  set(key: string, thing: Thing): void {
    this.#drop(key);
    const size = key.length + thing.size + PLACE;
    if (size > this.#room) return;
    this.#things.set(key, thing);
    this.#held += size;
    for (const oldest of this.#things.keys()) {
      if (this.#held <= this.#room) return;
      this.#drop(oldest);
    }
  }

  values(): IterableIterator<Thing> {
    return this.#things.values();
  }

  #drop(key: string): void {
    const found = this.#things.get(key);
    if (found && this.#things.delete(key)) this.#held -= key.length + found.size + PLACE;
  }
}
