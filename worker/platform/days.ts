import { DAY, HOUR } from './time.ts';

/** Milliseconds that a zone is ahead of UTC at a moment. */
function ahead(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000;
}

/** The moment at which clocks in a zone show what `there` would be in UTC; both in milliseconds since 1970. */
export const momentAt = (zone: string, there: number) => there - ahead(zone, there - ahead(zone, there));

/** An hour of a day in a zone: of `YYYY-MM-DD`, of tomorrow, or of the next Monday there. */
export function morningOf(zone: string, now: Date, day: string, hour: number): Date {
  const today = now.getTime() + ahead(zone, now.getTime());
  const later = day === 'tomorrow' ? 1 : day === 'monday' ? (8 - new Date(today).getUTCDay()) % 7 || 7 : 0;
  const midnight = later > 0 ? (Math.floor(today / DAY) + later) * DAY : Date.parse(`${day}T00:00:00Z`);
  return new Date(momentAt(zone, midnight + hour * HOUR));
}
