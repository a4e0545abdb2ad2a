import { expect, test } from 'vitest';
import { aside, withRoom } from '../../worker/platform/room.ts';

const keep = () => {};

/** As many requests as there is room for, each doing this until they are let go. */
function crowd(work: (until: Promise<void>) => Promise<void>) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const all = Array.from({ length: 16 }, () => withRoom(keep, () => work(promise)));
  return async () => {
    resolve();
    await Promise.all(all);
  };
}

const enters = () => withRoom(keep, async () => 'in');

test('one more than there is room for is told so after a while, and gets in when somebody left', async () => {
  const leave = crowd((until) => until);
  expect(await enters()).toBeUndefined();
  const waits = enters();
  await leave();
  expect(await waits).toBe('in');
});

test('who waits for something else lets others have their place meanwhile, and has it again afterwards', async () => {
  const { promise: end, resolve: ends } = Promise.withResolvers<void>();
  const back = crowd(async (until) => {
    await aside(() => until);
    await end;
  });
  expect(await enters()).toBe('in');
  void back();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const waits = enters();
  expect(await Promise.race([waits, new Promise((resolve) => setTimeout(resolve, 200, 'outside'))])).toBe('outside');
  ends();
  expect(await waits).toBe('in');
});
