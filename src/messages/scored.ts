import { number } from './format.ts';
import { type Locale, t } from './index.ts';

/** Points of the questions that surveys ask, by what they are called. */
const POINTS: Record<string, number> = { nps: 10, csat: 5, ces: 7 };

/** What somebody answered: the rating of a ticket and the answer to a survey in the same words. `title` says which survey it was, where it was none of a ticket. */
export function scored(locale: Locale, { title, score, scale, number: ticket }: { title: string; score: number; scale: number | null; number: number | null }): string {
  const { ratings, csm } = t(locale);
  const points = scale ?? (ticket === null ? POINTS[title.toLowerCase()] : 5);
  if ((points === 2 || points === 5) && ratings.scores[points][score - 1] !== undefined) return ratings.ofCustomer({ score, scale: points });
  return csm.scored(number(locale, score), points !== undefined && score >= 0 && score <= points ? points : undefined);
}
