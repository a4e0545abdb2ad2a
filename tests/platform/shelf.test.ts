import { expect, test } from 'vitest';
import { EVERYTHING, Shelf } from '../../worker/platform/shelf.ts';

const answer = (bytes: number, ...tags: string[]) => ({ headers: [], body: new ArrayBuffer(bytes), tags, madeAt: 0 });
const shelfOf = (bytes: number, entries: number) => new Shelf({ bytes, entries });
const keysOn = (shelf: Shelf, ...keys: string[]) => keys.filter((key) => shelf.find(key));

test('it is bounded by bytes and by number, and what was asked for longest ago goes first', () => {
  const byNumber = shelfOf(1_000, 2);
  for (const key of ['a', 'b']) byNumber.keep(key, answer(1), 0);
  byNumber.find('a');
  byNumber.keep('c', answer(1), 0);
  expect(keysOn(byNumber, 'a', 'b', 'c')).toEqual(['a', 'c']);

  const byBytes = shelfOf(100, 10);
  for (const key of ['a', 'b', 'c']) byBytes.keep(key, answer(40), 0);
  byBytes.keep('c', answer(60), 0);
  byBytes.keep('larger than the shelf', answer(101), 0);
  expect(keysOn(byBytes, 'a', 'b', 'c', 'larger than the shelf')).toEqual(['b', 'c']);
});

test('a tag takes away what has it and nothing else; everything takes away all', () => {
  const shelf = shelfOf(1_000, 10);
  shelf.keep('topic', answer(1, 'topic:1'), 0);
  shelf.keep('list', answer(1, 'forum', 'kb'), 0);
  shelf.purge(['forum', 'topic:2']);
  expect(keysOn(shelf, 'topic', 'list')).toEqual(['topic']);
  shelf.purge([EVERYTHING]);
  expect(keysOn(shelf, 'topic')).toEqual([]);
});

test('what was being made while it was purged is not kept, what began afterwards is', () => {
  for (const tag of ['topic:1', EVERYTHING]) {
    const shelf = shelfOf(1_000, 10);
    const since = shelf.purges;
    shelf.purge([tag]);
    shelf.keep('made before', answer(1, 'topic:1'), since);
    shelf.keep('made after', answer(1, 'topic:1'), shelf.purges);
    expect(keysOn(shelf, 'made before', 'made after')).toEqual(['made after']);
  }
});

test('after more purges than it remembers one by one, nothing that began before them is kept', () => {
  const shelf = shelfOf(1_000, 10);
  shelf.purge(['other']);
  const since = shelf.purges;
  shelf.purge(['topic:1']);
  for (let i = 0; i < 1_500; i++) shelf.purge([`topic:of-many-${i}`]);
  shelf.keep('made long before', answer(1, 'topic:1'), since);
  expect(keysOn(shelf, 'made long before')).toEqual([]);
});
