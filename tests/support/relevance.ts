/** How many of the first found are looked at for each figure. */
const [FIRST, SHOWN, RECALLED] = [10, 5, 20];

/** Of the first ten: nDCG (gain 2^grade − 1, Järvelin and Kekäläinen 2002); of the first five: whether any is right; of the first twenty: the share of all that are. Each from 0 to 1. */
export interface Score {
  gain: number;
  isShown: number;
  recalled: number;
}

const gained = (grades: number[]) => grades.reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);

export const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** What was found, the best first, beside the grades of what is right. */
export function scored(found: string[], judged: Map<string, number>): Score {
  const best = [...judged.values()].sort((a, b) => b - a).slice(0, FIRST);
  return {
    gain: gained(found.slice(0, FIRST).map((id) => judged.get(id) ?? 0)) / gained(best),
    isShown: Number(found.slice(0, SHOWN).some((id) => judged.has(id))),
    recalled: found.slice(0, RECALLED).filter((id) => judged.has(id)).length / judged.size,
  };
}
