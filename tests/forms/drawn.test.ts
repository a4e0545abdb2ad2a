import { expect, test } from 'vitest';
import { drawn, keepDrawn } from '../../src/forms/drawn.ts';

const START = 1_000_000;

test('what was drawn of rows is told for a minute, of these rows and as such a reader alone', () => {
  const [rows, others] = [[], []];
  keepDrawn(rows, 'en', 'Hello', START);
  keepDrawn(rows, 'el', 'Γεια', START);
  expect([drawn(rows, 'en', START + 59_999), drawn(rows, 'el', START), drawn(rows, 'fr', START), drawn(others, 'en', START), drawn(rows, 'en', START + 60_000)]).toEqual(['Hello', 'Γεια', undefined, undefined, undefined]);
  keepDrawn(rows, 'en', 'Hello again', START + 60_000);
  expect(drawn(rows, 'en', START + 60_001)).toBe('Hello again');
});

test('of the same rows four are kept, and of all rows as much as there is room for; what was drawn first goes first', () => {
  const rows: string[] = [];
  for (const as of ['1', '2', '3', '1', '4', '5']) keepDrawn(rows, as, `as ${as}`, START);
  expect(['1', '2', '3', '4', '5'].map((as) => drawn(rows, as, START))).toEqual(['as 1', undefined, 'as 3', 'as 4', 'as 5']);
  const many = Array.from({ length: 5 }, () => []);
  for (const one of many) keepDrawn(one, 'en', 'x'.repeat(2_000_000), START);
  expect([drawn(rows, '5', START), ...many.map((one) => drawn(one, 'en', START)?.length)]).toEqual([undefined, undefined, ...Array<number>(4).fill(2_000_000)]);
  keepDrawn(rows, '1', 'as 1', START);
  expect(many.map((one) => drawn(one, 'en', START)?.length)).toEqual([undefined, undefined, 2_000_000, 2_000_000, 2_000_000]);
  expect(drawn(rows, '1', START)).toBe('as 1');
});
