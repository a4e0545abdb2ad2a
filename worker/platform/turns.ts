import { Refusal } from './refusal.ts';

/** Bytes of bodies that one worker holds at once: the largest alone, or several small ones. Each is in memory about two and a half times, of 128 MB. */
const ROOM = 32_000_000;
/** Milliseconds that a body waits for its turn, and after which whoever holds one counts as gone. */
const [PATIENCE, GONE] = [60_000, 60_000];
/** Milliseconds between two looks, and after which nobody looks any more who did not look. */
const [LOOK, UNSEEN] = [25, 2_000];

interface Turn {
  bytes: number;
  /** When it began to wait or to hold, and when it was last heard of. */
  since: number;
  seen: number;
}

const holding = new Set<Turn>();
const waiting = new Set<Turn>();

/** Forgets those whose requests ended without a word, as when somebody hangs up. */
function tidy(now: number): void {
  for (const turn of holding) if (now - turn.since > GONE) holding.delete(turn);
  for (const turn of waiting) if (now - turn.seen > UNSEEN) waiting.delete(turn);
}

const isNext = (turn: Turn) => [...waiting][0] === turn && [...holding].reduce((sum, { bytes }) => sum + bytes, turn.bytes) <= ROOM;

/**
 * Does the work on a large body in its turn, so that memory does not grow with how many come at once; until then none of it is read. Looks by the clock:
 * nobody can wait for the promise of another request, which ends with it.
 */
export async function inTurn<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  const turn: Turn = { bytes: Math.min(bytes, ROOM), since: Date.now(), seen: Date.now() };
  waiting.add(turn);
  try {
    for (tidy(turn.seen); !isNext(turn); tidy(turn.seen)) {
      if (turn.seen - turn.since > PATIENCE) throw new Refusal('too_many', 'Many files come in at this moment. Send yours again in a minute.', {}, 60);
      await new Promise((resolve) => setTimeout(resolve, LOOK));
      turn.seen = Date.now();
      // Who was late to look, since the worker was busy, queues again.
      waiting.add(turn);
    }
    waiting.delete(turn);
    turn.since = Date.now();
    holding.add(turn);
    return await work();
  } finally {
    waiting.delete(turn);
    holding.delete(turn);
  }
}
