/** What a request has cost at the database so far. */
export interface Meter {
  trips: number;
  /** Milliseconds spent waiting. */
  waited: number;
}

/** A fetch that counts. */
export function metered(send: typeof fetch): { meter: Meter; fetch: typeof fetch } {
  const meter: Meter = { trips: 0, waited: 0 };
  return {
    meter,
    async fetch(input, init) {
      meter.trips++;
      const started = performance.now();
      try {
        return await send(input as Request, init as RequestInit);
      } finally {
        meter.waited += performance.now() - started;
      }
    },
  };
}

/** `Server-Timing` of an answer: `db;desc="1 round trip";dur=3.1`. */
export const timingOf = ({ trips, waited }: Meter) => `db;desc="${trips} round trip${trips === 1 ? '' : 's'}";dur=${waited.toFixed(1)}`;
