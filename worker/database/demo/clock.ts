import { HOUR, MINUTE } from '../../platform/time.ts';

/** Times of the story, told from today, so that it never ages. */
export interface Clock {
  /** So many days and hours before now, as ISO 8601. */
  ago(days: number, hours?: number): string;
  /** A date so many days ahead, `YYYY-MM-DD`. */
  day(ahead: number): string;
}

export const clockOf = (now: Date): Clock => ({
  ago: (days, hours = 0) => new Date(now.getTime() - (days * 24 + hours) * HOUR - 11 * MINUTE).toISOString(),
  day: (ahead) => new Date(now.getTime() + ahead * 24 * HOUR).toISOString().slice(0, 10),
});
