/** What a request has cost at the database so far. */
export interface Meter {
  trips: number;
  /** Milliseconds spent waiting. */
  waited: number;
}

/** `Server-Timing` of an answer: `db;desc="1 round trip";dur=3.1`. */
export const timingOf = ({ trips, waited }: Meter) => `db;desc="${trips} round trip${trips === 1 ? '' : 's'}";dur=${waited.toFixed(1)}`;
