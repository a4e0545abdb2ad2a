import type { Locale } from '../../worker/platform/viewer.ts';

const kept = new Map<string, unknown>();

/** Formatters are slow to make: each is made once. */
function once<T>(key: string, make: () => T): T {
  let made = kept.get(key);
  if (made === undefined) kept.set(key, (made = make()));
  return made as T;
}

/** Texts of one formatter that are remembered. */
const MOST = 5_000;

/** Remembers what a formatter said: many posts are of the same minutes, and all of them of few numbers of days ago. */
function remembered(write: (value: number) => string): (value: number) => string {
  const said = new Map<number, string>();
  return (value) => {
    let text = said.get(value);
    if (text !== undefined) return text;
    if (said.size >= MOST) said.clear();
    said.set(value, (text = write(value)));
    return text;
  };
}

/** `24 Nov 2026, 10:56`, in the reader's zone. */
export const dateTime = (locale: Locale, zone: string, at: Date) =>
  once(`dt ${locale} ${zone}`, () => {
    const format = new Intl.DateTimeFormat(tag(locale), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
    return remembered((minute) => format.format(minute * MINUTE));
  })(Math.floor(at.getTime() / MINUTE));

/** A moment as fields of a form say it in a zone: `2026-11-24` and `10:56`. */
export function fieldsOf(zone: string, at: Date): { day: string; time: string } {
  const [day, time] = once(`f ${zone}`, () => new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone })).format(at).split(' ');
  return { day: day!, time: time! };
}

/** `24 Nov 2026`. */
export const date = (locale: Locale, zone: string, at: Date) =>
  once(`d ${locale} ${zone}`, () => new Intl.DateTimeFormat(tag(locale), { dateStyle: 'medium', timeZone: zone })).format(at);

const MINUTE = 60_000;
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_557_600_000], ['month', 2_629_800_000], ['day', 86_400_000], ['hour', 3_600_000], ['minute', MINUTE]];

/** `2 hours ago`, `1 day ago`, `in 2 months`, `now`: whole spans that have passed or will. Days of the calendar are not meant: what was 30 hours ago may be of yesterday or of the day before. */
export function relative(locale: Locale, at: Date, now = Date.now()): string {
  const distance = at.getTime() - now;
  for (const [unit, length] of UNITS) if (Math.abs(distance) >= length) return spansOf(locale, unit)(Math.trunc(distance / length));
  return dayWords(locale).format(0, 'second');
}

const spansOf = (locale: Locale, unit: Intl.RelativeTimeFormatUnit) =>
  once(`r ${locale} ${unit}`, () => {
    const format = new Intl.RelativeTimeFormat(tag(locale));
    return remembered((spans) => format.format(spans, unit));
  });

const DAY = 86_400_000;
const MOST_DAYS = 90;
const dayWords = (locale: Locale) => once(`rd ${locale}`, () => new Intl.RelativeTimeFormat(tag(locale), { numeric: 'auto' }));

/** `today`, `tomorrow`, `in 45 days`, `in 5 months`: how far a day like `2027-01-31` is from another. */
export function untilDay(locale: Locale, day: string, today: string): string {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / DAY);
  return Math.abs(days) <= MOST_DAYS ? dayWords(locale).format(days, 'day') : relative(locale, new Date(day), Date.parse(today));
}

/** `3 hours`, `12 min`: a span of milliseconds in its largest unit. */
export function span(locale: Locale, milliseconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => milliseconds >= size) ?? UNITS.at(-1)!;
  return once(`s ${locale} ${unit}`, () => new Intl.NumberFormat(tag(locale), { style: 'unit', unit, unitDisplay: 'long' })).format(Math.max(0, Math.floor(milliseconds / length)));
}

/** Both languages write small numbers alike. */
export const number = (locale: Locale, value: number) => (value >= 0 && value < 1_000 && Number.isInteger(value) ? String(value) : once(`n ${locale}`, () => new Intl.NumberFormat(tag(locale))).format(value));

/** `48 %`, as the language writes it, of 0.48. */
export const percent = (locale: Locale, share: number) => once(`pc ${locale}`, () => new Intl.NumberFormat(tag(locale), { style: 'percent' })).format(share);

/** `Jan 2026`, of `2026-01`. */
export const month = (locale: Locale, text: string) => once(`mo ${locale}`, () => new Intl.DateTimeFormat(tag(locale), { month: 'short', year: 'numeric', timeZone: 'UTC' })).format(new Date(`${text}-01T00:00:00Z`));

/** `1.2 MB`, `340 kB`: a number of bytes, in thousands. */
export function size(locale: Locale, bytes: number): string {
  const [unit, length] = bytes < 1_000 ? (['byte', 1] as const) : bytes < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
  return once(`b ${locale} ${unit}`, () => new Intl.NumberFormat(tag(locale), { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: unit === 'megabyte' ? 1 : 0 })).format(bytes / length);
}

/** `€48,000`: whole units of a currency. */
export const money = (locale: Locale, value: number, currency: string) =>
  once(`m ${locale} ${currency}`, () => new Intl.NumberFormat(tag(locale), { style: 'currency', currency, maximumFractionDigits: 0 })).format(value);

/** The forms of a noun, with `#` where the number stands. */
export interface Plural {
  one: string;
  other: string;
}

/** `1 reply`, `2 replies`: the form of a number, with the number put in for `#`. */
export function plural(locale: Locale, value: number, forms: Plural): string {
  const rule = once(`p ${locale}`, () => new Intl.PluralRules(tag(locale))).select(value);
  return (rule === 'one' ? forms.one : forms.other).replace('#', number(locale, value));
}

/** `Greece` for `GR`; what is no country's two letters stays as it is. */
export const place = (locale: Locale, text: string) => (/^[A-Z]{2}$/.test(text) ? (once(`r-${locale}`, () => new Intl.DisplayNames(tag(locale), { type: 'region' })).of(text) ?? text) : text);

const tag = (locale: Locale) => (locale === 'en' ? 'en-GB' : 'el-GR');

/** `10:56:03`, in the reader's zone. */
export const timeOfDay = (locale: Locale, zone: string, at: Date) => once(`tod ${locale} ${zone}`, () => new Intl.DateTimeFormat(tag(locale), { timeStyle: 'medium', timeZone: zone })).format(at);
