import { diffWordsWithSpace } from 'diff';

/** Words that changed, at most, before two texts count as different through and through: its square bounds the work. */
const MOST = 600;

export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What became of a text, word by word, in order. */
export function difference(before: string, after: string): Piece[] {
  const pieces = diffWordsWithSpace(before, after, { maxEditLength: MOST });
  if (!pieces) return [{ kind: 'removed', text: before }, { kind: 'added', text: after }];
  return pieces.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value }));
}
