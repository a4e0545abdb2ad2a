import { expect, onTestFinished, test, vi } from 'vitest';
import * as flatly from '../../worker/platform/flat.ts';
import type { Viewer } from '../../worker/platform/viewer.ts';
import { openDatabase } from '../../worker/database/open.ts';
import { cast, stoa } from '../support/stoa.ts';
import { queries, viewers } from './asked.ts';
import { fill } from './fill.ts';

/** By each text, what it was before, and which place each of its values had there. */
const made = new Map<string, { before: string; places: number[] }>();

const selects = (sql: string) => sql.split('select').length;

/** Ranks tell of the second in which they were counted. */
const told = (rows: unknown[][]) => rows.map((row) => row.map((cell) => (typeof cell === 'number' && !Number.isInteger(cell) ? cell.toPrecision(8) : cell)));

/** With a language of their own, for which nothing was written yet. */
const everyone = viewers.map(([who, more]): Viewer => ({ ...cast[who], ...more, locale: 'en-flat' as 'en' }));

test('every question finds the same rows as before it was made flat, whoever asks', { timeout: 300_000 }, async () => {
  const { flat } = flatly;
  onTestFinished(() => void vi.restoreAllMocks());
  vi.spyOn(flatly, 'flat').mockImplementation((text) => {
    const after = flat(text);
    made.set(after.sql, { before: text, places: after.places });
    return after;
  });
  const { url } = await stoa();
  await fill(url, 0, 999);
  const db = openDatabase({ url });
  const asked = new Map<string, { sql: string; args: unknown[] }>();
  for (const [name, questions] of Object.entries(queries)) for (const question of questions) for (const viewer of everyone) {
    const asking = question.asking(db, viewer);
    if (asking && made.has(asking.sql)) asked.set(JSON.stringify([name, asking.sql, asking.args]), { sql: asking.sql, args: asking.args });
  }
  let changed = 0;
  for (const [name, { sql, args }] of asked) {
    const { before, places } = made.get(sql)!;
    const values = Array.from({ length: Math.max(-1, ...places) + 1 }, (_, place) => args[places.indexOf(place)] ?? null);
    const [one, other] = await db.read([{ sql: before, args: values as never }, { sql, args: args as never }]).catch((error: Error) => { throw new Error(`${name}\n${before}\n${sql}\n${error.message}`); });
    changed += selects(before) > selects(sql) ? 1 : 0;
    expect([name, told(other!.rows)]).toEqual([name, told(one!.rows)]);
  }
  expect(changed).toBeGreaterThan(300);
});
