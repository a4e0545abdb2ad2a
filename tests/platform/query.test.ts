import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../worker/platform/query.ts';

test('a cursor comes back as it went, and what is none of ours is no cursor', () => {
  expect(decodeCursor(encodeCursor([1_764_061_200_000, 'top_ά']), ['number', 'string'])).toEqual([1_764_061_200_000, 'top_ά']);
  for (const values of [['x', 'y'], [1], [1, 'a', 'b'], [1e300, 'a'], [1.5, 'a'], [1, 2]]) expect([values, decodeCursor(encodeCursor(values), ['number', 'string'])]).toEqual([values, undefined]);
  for (const text of ['', '%', 'e30', 'bnVsbA', '💥']) expect(decodeCursor(text, ['number'])).toBeUndefined();
});
