import { expect, test } from 'vitest';
import { difference } from '../../src/forms/difference.ts';

test('what changed is told word by word, in any script', () => {
  expect(difference('Put paper in.', 'Put more paper in.')).toEqual([{ kind: 'same', text: 'Put ' }, { kind: 'added', text: 'more ' }, { kind: 'same', text: 'paper in.' }]);
  expect(difference('Βάλτε χαρτί.', 'Βάλτε μελάνι.').map(({ kind, text }) => [kind, text])).toEqual([['same', 'Βάλτε '], ['removed', 'χαρτί'], ['added', 'μελάνι'], ['same', '.']]);
});

test('texts without a word in common are told whole', () => {
  const text = (word: string) => Array.from({ length: 5_000 }, (_, i) => `${word}${i}`).join(' ');
  expect(difference(text('a'), text('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
