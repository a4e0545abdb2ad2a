/** Letters of a word whose changes make its keys; where the rest differs, the distance tells. */
const BEGINNING = 7;

/** How many typing errors may lie between a word of so many letters and what was meant. */
export const errorsIn = (word: string) => (word.length < 6 ? 1 : 2);

/** What is left of the beginning of a word when as many letters are left out as it may have errors: two words that near each other share one (symmetric deletes, W. Garbe 2012). */
export function keysOf(word: string): string[] {
  const keys = new Set([word.slice(0, BEGINNING)]);
  for (let n = 0; n < errorsIn(word); n++) for (const key of [...keys]) for (let i = 0; i < key.length; i++) keys.add(key.slice(0, i) + key.slice(i + 1));
  return [...keys];
}

/** Letters to change, add, leave out, or swap with their neighbour to make one word of another: optimal string alignment. */
export function distanceOf(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + (isSame ? 0 : 1), isSwapped ? before[j - 2]! + 1 : Infinity));
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** Letters of each part of a word that two were written as. */
const PART = 4;

/** What a word may be two words of, as they stand or with a binding s: timezone, Rechnungsadresse. */
export const halvesOf = (word: string): [string, string][] =>
  Array.from({ length: Math.max(0, word.length - 2 * PART + 1) }, (_, i) => i + PART).flatMap((at) => {
    const [first, last] = [word.slice(0, at), word.slice(at)];
    return first.length > PART && first.endsWith('s') ? [[first, last], [first.slice(0, -1), last]] : [[first, last]];
  });
