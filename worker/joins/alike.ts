/** Of a ticket: the stems by which it is found, as JSON, beside those of the ticket that is looked at. */
export interface Found {
  words: string;
  own: string;
}

const stemsOf = (json: string) => JSON.parse(json) as string[];

/** Which of these are written in similar words, the most similar first, three at most: they share a quarter of the stems that the shorter one has (overlap coefficient, Szymkiewicz 1934), four at least, or most of a short one. */
export function alike<One extends Found>(found: One[]): One[] {
  const scored = found.map((one) => {
    const [own, theirs] = [stemsOf(one.own), stemsOf(one.words)];
    const shared = theirs.filter((stem) => own.includes(stem)).length;
    const shorter = Math.min(own.length, theirs.length) || 1;
    return { one, score: shared >= Math.min(4, shorter * 0.75) ? shared / shorter : 0 };
  });
  return scored.filter(({ score }) => score >= 0.25).sort((a, b) => b.score - a.score).slice(0, 3).map(({ one }) => one);
}
