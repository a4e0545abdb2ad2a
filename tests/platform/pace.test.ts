import { expect, test } from 'vitest';
import { Pace } from '../../worker/platform/pace.ts';
import { secondsToWait } from '../../worker/search/pace.ts';

test('up to a limit nobody waits; then until the first of them is past, and waiting does not count', () => {
  const pace = new Pace({ most: 3, within: 60_000 });
  expect([0, 10_000, 20_000, 30_000, 59_999, 60_001, 60_002].map((at) => pace.wait('a', at))).toEqual([0, 0, 0, 30_000, 1, 0, 9_998]);
  expect(pace.wait('b', 30_000)).toBe(0);
});

test('it remembers no more keys than it has room for, those who came last', () => {
  const pace = new Pace({ most: 1, within: 60_000 });
  for (let i = 0; i < 10_001; i++) pace.wait(`key ${i}`, 0);
  expect([pace.wait('key 10000', 1), pace.wait('key 0', 1)]).toEqual([59_999, 0]);
});

test('people and networks of visitors search twenty times a minute, each for themselves; this machine is not counted', () => {
  const waits = (id: string | null, network: string) => Array.from({ length: 21 }, () => secondsToWait({ id }, network, 5_000)).filter((wait) => wait > 0);
  expect([waits('usr_1', '203.0.113.1'), waits('usr_2', '203.0.113.1'), waits(null, '203.0.113.1'), waits(null, '203.0.113.2'), waits(null, '127.0.0.1'), waits(null, 'unknown')]).toEqual([[60], [60], [60], [60], [], []]);
});
