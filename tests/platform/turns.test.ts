import { expect, test } from 'vitest';
import { bodies } from '../../worker/platform/entry.ts';
import { turnsOf } from '../../worker/platform/turns.ts';

test('large bodies come one after the other, small ones together, in the order in which they came, and one that fails leaves its place', async () => {
  const now = new Set<number>();
  const began: number[] = [];
  let most = 0;
  const work = (n: number, bytes: number) =>
    bodies(bytes, async () => {
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

test('work that takes the whole worker leaves it time for others between two turns; who waits too long is told so, and who went away is not waited for', async () => {
  const alone = turnsOf({ room: 1, patience: 300, gone: 100, rest: 5, words: 'Later.' });
  const busy = (ms: number) => {
    for (const until = Date.now() + ms; Date.now() < until; );
    return Promise.resolve();
  };
  let others = 0;
  const clock = setInterval(() => others++, 1);
  await Promise.all([1, 2, 3, 4].map(() => alone(1, () => busy(20))));
  clearInterval(clock);
  expect(others).toBeGreaterThanOrEqual(3);
  void alone(1, () => new Promise(() => {}));
  await alone(1, () => busy(1));
  const turns = await Promise.allSettled(Array.from({ length: 30 }, () => alone(1, () => new Promise<void>((resolve) => setTimeout(resolve, 40)))));
  expect(turns.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(2);
  expect(turns.findLast(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'too_many', retryAfter: 60 } });
});

test('a queue that is too long is refused at once', async () => {
  const alone = turnsOf({ room: 1, patience: 60_000, gone: 60_000, words: 'Later.' });
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = alone(1, () => promise);
  await Promise.resolve();
  const all = [first, ...Array.from({ length: 150 }, () => alone(1, async () => {}))];
  await expect(alone(1, () => promise)).rejects.toMatchObject({ reason: 'too_many' });
  resolve();
  await Promise.all(all);
});
