import { Refusal } from './refusal.ts';

/** What is done in turns. Times in milliseconds. */
interface Queue {
  /** How much one worker does at once: one piece as large, or several small ones. */
  room: number;
  /** How long one waits for a turn, after which it is refused with these words. */
  patience: number;
  words: string;
  /** After which whoever has a turn counts as gone. */
  gone: number;
  /** Pause that ends a turn: what takes the whole worker lets it answer others before the next. */
  rest?: number;
}

/** More do not wait: each looks again and again, and the last would not get in anyway. */
const MOST = 150;
/** Milliseconds between two looks, and after which nobody looks any more who did not look. */
const [LOOK, UNSEEN] = [25, 2_000];

interface Turn {
  size: number;
  /** When it began to wait or to hold, and when it was last heard of. */
  since: number;
  seen: number;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Does work of a size in its turn, in the order in which it came. Looks by the clock: nobody can wait for the promise of another request, which ends
 * with it. Refuses with `too_many`.
 */
export function turnsOf({ room, patience, words, gone, rest }: Queue): <T>(size: number, work: () => Promise<T>) => Promise<T> {
  const refused = () => new Refusal('too_many', words, {}, 60);
  const holding = new Set<Turn>();
  const waiting = new Set<Turn>();

  /** Forgets those whose requests ended without a word, as when somebody hangs up. */
  function tidy(now: number): void {
    for (const turn of holding) if (now - turn.since > gone) holding.delete(turn);
    for (const turn of waiting) if (now - turn.seen > UNSEEN) waiting.delete(turn);
  }

  const isNext = (turn: Turn) => waiting.values().next().value === turn && [...holding].reduce((sum, { size }) => sum + size, turn.size) <= room;

  async function waited(turn: Turn): Promise<void> {
    for (tidy(turn.seen); !isNext(turn); tidy(turn.seen)) {
      if (turn.seen - turn.since > patience) throw refused();
      await pause(LOOK);
      turn.seen = Date.now();
      // Who was late to look, since the worker was busy, queues again.
      waiting.add(turn);
    }
  }

  return async (size, work) => {
    const turn: Turn = { size: Math.min(size, room), since: Date.now(), seen: Date.now() };
    tidy(turn.seen);
    if (waiting.size >= MOST) throw refused();
    waiting.add(turn);
    try {
      await waited(turn);
      waiting.delete(turn);
      turn.since = Date.now();
      holding.add(turn);
      const done = await work();
      if (rest) await pause(rest);
      return done;
    } finally {
      waiting.delete(turn);
      holding.delete(turn);
    }
  };
}
