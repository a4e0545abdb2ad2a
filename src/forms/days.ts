import { momentAt } from '../../worker/platform/days.ts';

const DAY = 86_400_000;

/** When the day `YYYY-MM-DD` begins in a zone, in milliseconds since 1970; `later` days after it. Undefined when it is no day. */
export function dayBegins(zone: string, day: string | null, later = 0): number | undefined {
  const [, year, month, date] = (day && /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)) || [];
  if (!year) return undefined;
  const there = Date.UTC(Number(year), Number(month) - 1, Number(date)) + later * DAY;
  return momentAt(zone, there);
}
