import type { Gate } from '../platform/gate.ts';
import { gathering } from '../platform/gather.ts';
import { type Gathered, recorded } from './record.ts';
import { keptOf, placeIn } from './words.ts';

/** Milliseconds for which what people do is gathered before it is written. */
const GATHER = 3_000;
/** Things that are gathered at most, and people who are known to have searched for the same a moment ago. */
const [MOST, KNOWN] = [1_000, 5_000];
/** Milliseconds within which one person's same search counts once: coming back to the results is no other search. */
const SAME = 600_000;

const log = gathering('searches', GATHER, (): Gathered => ({ searches: new Map(), followed: [], asked: [] }), (some) => recorded(some, new Date()));
const lately = new Map<string, number>();

/** Whether somebody did not search for this a moment ago. Who they are is forgotten with the worker. */
function isNew(who: string, hash: string): boolean {
  const key = `${who} ${hash}`;
  const [last, now] = [lately.get(key) ?? 0, Date.now()];
  if (lately.size > KNOWN) lately.clear();
  lately.set(key, now);
  return now - last > SAME;
}

/** What people search for and what comes of it: gathered in the memory of this worker, and written some seconds later in one commit, for which nobody waits. */
export interface SearchLog {
  /** Somebody, an id or a network, saw these addresses for what they typed. */
  searched(typed: string, addresses: string[], who: string): void;
  /** They wrote a topic or a ticket from the results of it. */
  asked(typed: string, what: 'topic' | 'ticket'): void;
  /** A request for a page comes from results, as its browser says by itself (`Referer`). */
  followed(request: Request): void;
}

/** The log of one request. `wait` keeps the request's work going after its answer. */
export function searchLog(gate: () => Gate, wait: (work: Promise<unknown>) => void): SearchLog {
  const note = (add: (to: Gathered) => void) => {
    const { searches, followed, asked } = log.batch;
    if (searches.size + followed.length + asked.length >= MOST) return;
    add(log.batch);
    wait(log.soon(gate()));
  };
  return {
    searched(typed, addresses, who) {
      const kept = keptOf(typed);
      if (!kept || !isNew(who, kept.hash)) return;
      const [results, empty] = [addresses.length, addresses.length === 0 ? 1 : 0];
      const found = addresses.flatMap((address) => placeIn(address) ?? []);
      note(({ searches }) => {
        const before = searches.get(kept.hash);
        searches.set(kept.hash, { words: before?.words ?? kept.words, results, found, times: (before?.times ?? 0) + 1, empty: (before?.empty ?? 0) + empty });
      });
    },
    asked(typed, what) {
      const kept = keptOf(typed);
      if (kept) note(({ asked }) => asked.push({ hash: kept.hash, what }));
    },
    followed({ method, url, headers }) {
      const from = headers.get('referer');
      if (!from?.includes('/search?') || method !== 'GET' || !URL.canParse(from)) return;
      const [before, now] = [new URL(from), new URL(url)];
      const place = before.host === now.host && /^(\/el)?\/search$/.test(before.pathname) ? placeIn(now.pathname) : undefined;
      const kept = place && keptOf(before.searchParams.get('q') ?? '');
      if (place && kept) note(({ followed }) => followed.push({ hash: kept.hash, place }));
    },
  };
}
