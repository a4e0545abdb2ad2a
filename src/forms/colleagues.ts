import { relative } from '../messages/format.ts';
import { type Locale, t } from '../messages/index.ts';

export interface Colleague {
  id: string;
  name: string;
  handle: string;
  isAway: boolean;
  awayUntil: Date | null;
}

/** A colleague’s name, and whether they are away. */
export function named(locale: Locale, { name, isAway, awayUntil }: Colleague): string {
  const words = t(locale).views;
  if (!isAway) return name;
  return awayUntil ? words.isAwayFor(name, relative(locale, awayUntil)) : words.isAway(name);
}
