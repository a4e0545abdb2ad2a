import { expect, test } from 'vitest';
import { inTurn } from '../../worker/platform/turns.ts';

test('large bodies come one after the other, small ones together, in the order in which they came, and one that fails leaves its place', async () => {
  const now = new Set<number>();
  const began: number[] = [];
  let most = 0;
  const work = (n: number, bytes: number) =>
    inTurn(bytes, async () => {
      began.push(n);
      now.add(bytes * 100 + n);
      most = Math.max(most, [...now].reduce((sum, one) => sum + Math.floor(one / 100), 0));
      await new Promise((resolve) => setTimeout(resolve, 40));
      now.delete(bytes * 100 + n);
      if (n === 1) throw new Error('It broke.');
      return n;
    });
  const done = await Promise.allSettled([25, 25, 10, 10, 10, 32, 99].map((megabytes, n) => work(n, megabytes * 1_000_000)));
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', ...Array.from({ length: 5 }, () => 'fulfilled')]);
  expect(began).toEqual([0, 1, 2, 3, 4, 5, 6]);
  // The last is larger than all there is room for, and comes alone.
  expect(most).toBe(99_000_000);
});
