/** Requests that one worker works on at once. More would only make each of them wait beyond its patience, until none is ever done. */
const MOST = 16;
/** Milliseconds after which a place counts as free, should the end of its request never be heard. */
const LEASE = 30_000;
/** Milliseconds a request waits for a place. */
const PATIENCE = 4_000;
const LOOK_AGAIN = 40;

const taken = new Set<{ since: number }>();

function isFull(): boolean {
  const old = Date.now() - LEASE;
  for (const place of taken) if (place.since < old) taken.delete(place);
  return taken.size >= MOST;
}

/**
 * Does the work as soon as there is room for it. Undefined when none came free in time: the caller says so at once, which costs
 * next to nothing, and those who are inside are served. Work that began is handed to `keep`, so that it ends and gives its place
 * back even when whoever asked has hung up. Nobody waits on another's promise, because another may be cancelled.
 */
export async function withRoom<Result>(keep: (work: Promise<unknown>) => void, work: () => Promise<Result>): Promise<Result | undefined> {
  const until = Date.now() + PATIENCE;
  while (isFull()) {
    if (Date.now() > until) return undefined;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
  const place = { since: Date.now() };
  taken.add(place);
  const done = work().finally(() => taken.delete(place));
  keep(done.catch(() => undefined));
  return done;
}
