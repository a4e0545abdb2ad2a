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
  expect(await looked('ticket 9', undefined)).toEqual([[]]);
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
