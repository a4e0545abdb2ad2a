import { AsyncLocalStorage } from 'node:async_hooks';

/** Requests that one worker works on at once. More would only make each of them wait beyond its patience, until none is ever done. */
const MOST = 16;
/** Milliseconds after which a place counts as free, should the end of its request never be heard. */
const LEASE = 30_000;
/** Milliseconds a request waits for a place. */
const PATIENCE = 4_000;
const LOOK_AGAIN = 40;

/** Milliseconds after which somebody who waits and does not look counts as gone. */
const GONE = 2_000;

interface Place {
  since: number;
  /** Its request has ended. */
  isLeft?: boolean;
}

const taken = new Set<Place>();
const own = new AsyncLocalStorage<Place>();
/** Those who wait, in the order in which they came. */
const waiting = new Set<{ looked: number }>();

function free(): number {
  const old = Date.now() - LEASE;
  for (const place of taken) if (place.since < old) taken.delete(place);
  return MOST - taken.size;
}

/** Whether there is a place for everybody who waits before them, and for them. */
function isNext(me: { looked: number }): boolean {
  const places = free();
  const old = Date.now() - GONE;
  let before = 0;
  for (const other of waiting) {
    if (other === me) break;
    if (other.looked < old) waiting.delete(other);
    else before++;
  }
  return before < places;
}

/** A place, in turn; undefined when none came free in time. */
async function placeInTurn(): Promise<Place | undefined> {
  const until = Date.now() + PATIENCE;
  const me = { looked: Date.now() };
  waiting.add(me);
  while (!isNext(me)) {
    if (Date.now() > until) return void waiting.delete(me);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    me.looked = Date.now();
  }
  waiting.delete(me);
  const place = { since: Date.now() };
  taken.add(place);
  return place;
}

function leave(place: Place): void {
  place.isLeft = true;
  taken.delete(place);
}

/** Waits for something long that is not the database, and lets others have one's place meanwhile; then goes on, as one more than there is room for. */
export async function aside<Result>(wait: () => Promise<Result>): Promise<Result> {
  const place = own.getStore();
  if (place) taken.delete(place);
  try {
    return await wait();
  } finally {
    if (place && !place.isLeft) {
      place.since = Date.now();
      taken.add(place);
    }
  }
}

/**
 * Does the work as soon as there is room for it, in the order of arrival. Undefined when none came free in time: the caller says so at once, which costs
 * next to nothing, and those who are inside are served. Work that began is handed to `keep`, so that it ends and gives its place
 * back even when whoever asked has hung up. Nobody waits on another's promise, because another may be cancelled.
 */
export async function withRoom<Result>(keep: (work: Promise<unknown>) => void, work: () => Promise<Result>): Promise<Result | undefined> {
  const place = await placeInTurn();
  if (!place) return undefined;
  const done = own.run(place, work).finally(() => leave(place));
  keep(done.catch(() => undefined));
  return done;
}
