import type { Colour } from '../../worker/health/colour.ts';
import { type Move, movesBetween, strongest, weightsOf } from '../../worker/health/explain.ts';
import { type Key, measures } from '../../worker/health/measures.ts';
import type { Found } from '../../worker/health/found.ts';
import { number, percent, plural, untilDay } from '../messages/format.ts';
import { t, type Locale } from '../messages/index.ts';

/** A day as it was computed, as the queries tell it. */
export interface Evaluated {
  day: number;
  score: number | null;
  coverage: number;
  colour: Colour | null;
  parts: Partial<Record<Key, [points: number, share: number]>> | null;
}

const DAY = 86_400_000;
/** Days of the chart. */
export const SHOWN = 126;

/** A day counted from 1970 as a moment. */
export const momentOf = (day: number) => new Date(day * DAY);

/** `+3.4`, `−1.2`: points of a change, with the sign of the language. */
export const signed = (locale: Locale, points: number) => `${points < 0 ? '−' : '+'}${number(locale, Math.round(Math.abs(points) * 10) / 10)}`;

/** How the value of a measure reads: `3 days`, `2 people`, `67% of 3 ratings`. */
export function readingOf(locale: Locale, key: Key, { value, n }: Pick<Found, 'value' | 'n'>, today: number): string {
  const words = t(locale).health;
  const { unit } = measures[key];
  if (key === 'renewal') return untilDay(locale, dayText(today + value), dayText(today));
  if (unit === 'days' || unit === 'people' || unit === 'tickets') return plural(locale, value, words[unit]);
  const of = words.measures[key].of;
  return `${unit === 'share' ? percent(locale, value) : number(locale, Math.round(value * 10) / 10)}${of ? ` ${plural(locale, n, of)}` : ''}`;
}

const dayText = (day: number) => momentOf(day).toISOString().slice(0, 10);

/** Where what a measure rests on can be looked up. */
export function evidenceOf(key: Key, account: string, found: Pick<Found, 'evidence'>): string | undefined {
  const { evidence } = found;
  const timeline = `/csm/accounts/${encodeURIComponent(account)}`;
  if (key === 'touch' || key === 'active') return `${timeline}#timeline`;
  if (key === 'csat' || key === 'nps') return `${timeline}?source=survey#timeline`;
  if (key === 'admins') return evidence ? `${timeline}?person=${encodeURIComponent(String(evidence))}#timeline` : undefined;
  if (key === 'answered') return evidence ? `/forum/topics/${evidence}` : `${timeline}?source=topic#timeline`;
  if (key === 'renewal') return `/admin/accounts/${encodeURIComponent(account)}`;
  return evidence ? `/agent/tickets/${evidence}` : `${timeline}?source=ticket#timeline`;
}

const partsOf = (parts: Evaluated['parts']) => Object.fromEntries(Object.entries(parts ?? {}).map(([key, [points, share]]) => [key, { points, share }]));

/** What moved the score since the day it is compared with, or, where there is none, what holds it up and down; strongest first, with the whole change. */
export function explained(days: readonly Evaluated[], today: number, pastDay: number | null): { isChange: boolean; up: Move[]; down: Move[]; change: number } | undefined {
  const [now, past] = [days.find(({ day }) => day === today), pastDay === null ? undefined : days.find(({ day, parts }) => day === pastDay && parts !== null)];
  if (!now || now.score === null) return undefined;
  const present = { score: now.score, parts: partsOf(now.parts) };
  if (past && past.score !== null) return { isChange: true, change: now.score - past.score, ...strongest(movesBetween({ score: past.score, parts: partsOf(past.parts) }, present)) };
  return { isChange: false, change: now.score - 50, ...strongest(weightsOf(present)) };
}

/** The chart of 18 weeks: x from 0 to 126, y from 0 (100 points) to 100 (none). A day without a score breaks the line. */
export function lineOf(days: readonly Evaluated[], today: number): { lines: string[]; last: { x: number; y: number } | undefined } {
  const runs: string[][] = [[]];
  let before: number | undefined;
  for (const { day, score } of days) {
    if (score === null || (before !== undefined && day - before > 7)) runs.push([]);
    if (score !== null) runs.at(-1)!.push(`${SHOWN - (today - day)},${round(100 - score)}`);
    before = day;
  }
  const last = days.findLast(({ score }) => score !== null);
  return { lines: runs.filter((run) => run.length > 0).map((run) => run.join(' ')), last: last && { x: SHOWN - (today - last.day), y: round(100 - last.score!) } };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The last day of each week that there is, newest first, weeks counted back from today. */
export function weeksOf(days: readonly Evaluated[], today: number): Evaluated[] {
  const weeks = Map.groupBy(days, ({ day }) => Math.floor((today - day) / 7));
  return [...weeks.entries()].sort(([a], [b]) => a - b).map(([, of]) => of.at(-1)!);
}
