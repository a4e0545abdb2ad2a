/** A ticket, with the stems by which it is found, as JSON. */
export interface Found {
  words: string;
}

const stemsOf = (json: string) => JSON.parse(json) as string[];

/** What was compared, by the rows: pages that are shown again have the same ones. */
const compared = new WeakMap<object, { stems: string | null; alike: Found[] }>();

/** Which of these are written in words similar to those with `stems`, as JSON too, the most similar first, three at most: they share a quarter of the stems that the shorter one has (overlap coefficient, Szymkiewicz 1934), four at least, or most of a short one. */
export function alike<One extends Found>(stems: string | null, found: One[]): One[] {
  const known = compared.get(found);
  if (known?.stems === stems) return known.alike as One[];
  const most = mostAlike(stems, found);
  compared.set(found, { stems, alike: most });
  return most;
}

function mostAlike<One extends Found>(stems: string | null, found: One[]): One[] {
  const own = new Set(stemsOf(stems ?? '[]'));
  const scored = found.map((one) => {
    const theirs = stemsOf(one.words);
    const shared = theirs.filter((stem) => own.has(stem)).length;
    const shorter = Math.min(own.size, theirs.length) || 1;
    return { one, score: shared >= Math.min(4, shorter * 0.75) ? shared / shorter : 0 };
  });
  return scored.filter(({ score }) => score >= 0.25).sort((a, b) => b.score - a.score).slice(0, 3).map(({ one }) => one);
}
