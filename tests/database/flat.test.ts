import { expect, onTestFinished, test, vi } from 'vitest';
import * as flatly from '../../worker/platform/flat.ts';
import type { Viewer } from '../../worker/platform/viewer.ts';
import { openDatabase } from '../../worker/database/open.ts';
import { cast, stoa } from '../support/stoa.ts';
import { queries, viewers } from './asked.ts';
import { fill } from './fill.ts';

/** By each text, what it was before, and which place each of its values had there. */
const made = new Map<string, { before: string; places: number[] }>();

/** Pairs that are asked in one trip. */
const AT_ONCE = 20;

const selects = (sql: string) => sql.split('select').length;

/** Ranks tell of the second in which they were counted. */
const told = (rows: unknown[][]) => rows.map((row) => row.map((cell) => (typeof cell === 'number' && !Number.isInteger(cell) ? cell.toPrecision(8) : cell)));

/** Those who see what others see, or nearly so, are left out. */
const ALIKE = ['carol', 'mara', 'lena', 'cleo'];

/** With a language of their own, for which nothing was written yet. */
const everyone = viewers.filter(([who]) => !ALIKE.includes(who)).map(([who, more]): Viewer => ({ ...cast[who], ...more, locale: 'en-flat' as 'en' }));

test('every question finds the same rows as before it was made flat, whoever asks', { timeout: 300_000 }, async () => {
  const { flat } = flatly;
  onTestFinished(() => void vi.restoreAllMocks());
  vi.spyOn(flatly, 'flat').mockImplementation((text) => {
    const after = flat(text);
    made.set(after.sql, { before: text, places: after.places });
    return after;
  });
  const { url } = await stoa();
  await fill(url, 0, 299);
  const db = openDatabase({ url });
  const asked = new Map<string, { sql: string; args: unknown[] }>();
  for (const [name, questions] of Object.entries(queries)) for (const question of questions) for (const viewer of everyone) {
    const asking = question.asking(db, viewer);
    if (asking && made.has(asking.sql)) asked.set(JSON.stringify([name, asking.sql, asking.args]), { sql: asking.sql, args: asking.args });
  }
  const pairs = [...asked].map(([name, { sql, args }]) => {
    const { before, places } = made.get(sql)!;
    return { name, before: { sql: before, args: Array.from({ length: Math.max(-1, ...places) + 1 }, (_, place) => args[places.indexOf(place)] ?? null) as never }, after: { sql, args: args as never } };
  });
  for (let i = 0; i < pairs.length; i += AT_ONCE) {
    const some = pairs.slice(i, i + AT_ONCE);
    const found = await db.read(some.flatMap(({ before, after }) => [before, after]));
    for (const [k, { name }] of some.entries()) expect([name, told(found[2 * k + 1]!.rows)]).toEqual([name, told(found[2 * k]!.rows)]);
  }
  const changed = pairs.filter(({ before, after }) => selects(before.sql) > selects(after.sql)).length;
  expect(changed).toBeGreaterThan(300);
});
