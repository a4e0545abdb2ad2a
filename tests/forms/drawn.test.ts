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

test('as much is kept as there is room for; what was asked for longest ago goes first', () => {
  const many = Array.from({ length: 5 }, () => []);
  for (const one of many.slice(0, 3)) keepDrawn(one, 'en', 'x'.repeat(2_500_000), START);
  expect(drawn(many[0]!, 'en', START)?.length).toBe(2_500_000);
  for (const one of many.slice(3)) keepDrawn(one, 'en', 'x'.repeat(2_500_000), START);
  expect(many.map((one) => drawn(one, 'en', START) !== undefined)).toEqual([true, false, false, true, true]);
  keepDrawn(many[0]!, 'en', 'x'.repeat(9_000_000), START);
  expect([drawn(many[0]!, 'en', START), drawn(many[4]!, 'en', START)?.length]).toEqual([undefined, 2_500_000]);
});
