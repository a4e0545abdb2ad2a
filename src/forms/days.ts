const DAY = 86_400_000;

/** Milliseconds that a zone is ahead of UTC at a moment. */
function ahead(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000;
}

/** When the day `YYYY-MM-DD` begins in a zone, in milliseconds since 1970; `later` days after it. Undefined when it is no day. */
export function dayBegins(zone: string, day: string | null, later = 0): number | undefined {
  const [, year, month, date] = (day && /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)) || [];
  if (!year) return undefined;
  const there = Date.UTC(Number(year), Number(month) - 1, Number(date)) + later * DAY;
  return there - ahead(zone, there - ahead(zone, there));
}
