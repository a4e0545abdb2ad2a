import { expect, test } from 'vitest';
import { rendered } from '../../worker/platform/markdown.ts';

/** Milliseconds of the processor's time, which a busy machine does not stretch. */
const TOO_SLOW = 2_000;

test('no text up to the limit of a message makes the parser take seconds', () => {
  const units = ['*a_', '**a ', 'a_', '~~a', '[a](b', '![[', '`a', 'a.', 'a', 'a@b.c ', '- a\n', '1. a\n\n', '|a|b|\n|-|-|\n', '> ', '\t', '<a', '<!--', '&#x1;', 'www.a.b'];
  for (const unit of units) {
    for (const length of [3_000, 9_000, 50_000]) {
      for (const ending of ['', '@']) {
        const started = process.cpuUsage();
        rendered(unit.repeat(length / unit.length) + ending);
        expect([unit, length, ending, process.cpuUsage(started).user / 1_000 < TOO_SLOW]).toEqual([unit, length, ending, true]);
      }
    }
  }
});

test('ordinary text is drawn, however long', () => {
  const text = 'Some *words* with `code_of_ours`, an address like name@example.com, and <https://example.com/a/long/one?with=query>.\n\n'.repeat(400);
  expect(rendered(text.slice(0, 49_000))).toContain('<em>words</em>');
});
