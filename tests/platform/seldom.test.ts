import { expect, test } from 'vitest';
import { type Has, withParts } from '../../worker/platform/seldom.ts';

type Part = 'links' | 'drafts';

/** A page of a thing that has these parts: what was asked for, each time it was loaded. */
async function looked(thing: string, has: Part[] | undefined): Promise<Part[][]> {
  const asked: Part[][] = [];
  await withParts(
    thing,
    async (wants: Has<Part>) => void asked.push((['links', 'drafts'] as const).filter(wants)),
    () => has,
  );
  return asked;
}

test('everything is asked for at the first look, then what was there, and what came since in one look more', async () => {
  expect(await looked('ticket 1', ['links'])).toEqual([['links', 'drafts']]);
  expect(await looked('ticket 1', ['links'])).toEqual([['links']]);
  expect(await looked('ticket 2', [])).toEqual([['links', 'drafts']]);
  expect(await looked('ticket 1', ['drafts'])).toEqual([['links'], ['links', 'drafts']]);
  expect(await looked('ticket 1', [])).toEqual([['drafts']]);
  expect(await looked('ticket 1', [])).toEqual([[]]);
});

test('of what is not there nothing is remembered', async () => {
  for (let look = 0; look < 2; look++) expect(await looked('ticket 9', undefined)).toEqual([['links', 'drafts']]);
  await looked('ticket 9', []);
  expect(await looked('ticket 9', undefined)).toEqual([[], ['links', 'drafts']]);
});

test('what comes while it is asked again is asked for, too; what refuses is asked for as before', async () => {
  let there: Part[] = [];
  await looked('topic 1', []);
  const asked: Part[][] = [];
  await withParts(
    'topic 1',
    async (wants: Has<Part>) => {
      asked.push((['links', 'drafts'] as const).filter(wants));
      there = asked.length === 1 ? ['links'] : ['drafts'];
    },
    () => there,
  );
  expect(asked).toEqual([[], ['links'], ['links', 'drafts']]);
  await expect(withParts('topic 2', () => Promise.reject(new Error('gone')), () => [])).rejects.toThrow('gone');
  expect(await looked('topic 2', [])).toEqual([['links', 'drafts']]);
});

test('once many of a kind were looked at, the first look at another asks for what they mostly had; what is rare is asked for where it is', async () => {
  for (let i = 0; i < 48; i++) expect(await looked(`order ${i}`, ['drafts'])).toEqual([['links', 'drafts']]);
  await looked('order 48', ['links', 'drafts']);
  await looked('order 49', ['links', 'drafts']);
  expect(await looked('order 50', ['drafts'])).toEqual([['drafts']]);
  expect(await looked('order 51', [])).toEqual([['drafts']]);
  expect(await looked('order 52', ['links'])).toEqual([['drafts'], ['links', 'drafts']]);
  expect(await looked('order 52', ['links'])).toEqual([['links']]);
  expect(await looked('order 52', undefined)).toEqual([['links'], ['links', 'drafts']]);
  expect(await looked('order none', undefined)).toEqual([['drafts'], ['links', 'drafts']]);
  for (let i = 53; i < 60; i++) await looked(`order ${i}`, ['links', 'drafts']);
  expect(await looked('order 60', [])).toEqual([['links', 'drafts']]);
  expect(await looked('bill 1', [])).toEqual([['links', 'drafts']]);
  for (let i = 61; i < 3_000; i++) await looked(`order ${i}`, []);
  expect(await looked('order 3000', [])).toEqual([[]]);
});

test('at most one in ten first looks misses a part, however the parts are spread', async () => {
  const shares = { a: 0.9, b: 0.3, c: 0.08, d: 0.05, e: 0.03, f: 0.01 };
  let [misses, spared] = [0, 0];
  for (let i = 0; i < 2_000; i++) {
    const has = Object.entries(shares).filter(([, share], k) => ((i * (k + 3) * 0.6180339887) % 1) < share).map(([part]) => part);
    let times = 0;
    await withParts(`parcel ${i}`, async (wants: Has<string>) => void (times++ === 0 && (spared += Object.keys(shares).filter((part) => !wants(part)).length)), () => has);
    if (times > 1) misses++;
  }
  expect(misses / 2_000).toBeLessThan(0.11);
  expect(spared / 2_000).toBeGreaterThan(2);
});
