import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { mergeIndexes } from '../../worker/search/jobs.ts';
import { searched } from '../../worker/search/queries.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';

async function partsOf(world: Stoa, index: string): Promise<number> {
  const [found] = await world.db.read([{ sql: `select count(distinct segid) from ${index}_idx`, args: [] }]);
  return Number(found!.rows[0]![0]);
}

async function titles(world: Stoa): Promise<string[]> {
  const [hits] = await world.as('visitor').load(searched('porch painting', { locale: 'en', limit: 30 }));
  return hits.map(({ title }) => title);
}

test('The clock merges the parts that writing leaves of an index, and everything is found as before', async () => {
  const world = await stoa();
  for (let i = 1; i <= 15; i++) await world.as('mara').run(openTopic, { category: 'help', title: `Painting of the porch ${'x'.repeat(i)}`, body: 'How long must it dry?', tags: '', kind: 'question' });
  const [before, parts] = [await titles(world), await partsOf(world, 'search_index')];
  expect(before).toHaveLength(15);
  expect(parts).toBeGreaterThan(4);

  expect(await mergeIndexes.work(settingOf(world))).toBeGreaterThan(0);
  expect(await partsOf(world, 'search_index')).toBeLessThan(4);
  expect(await partsOf(world, 'search_titles')).toBeLessThan(4);
  expect(await titles(world)).toEqual(before);

  expect(await mergeIndexes.work(settingOf(world))).toBe(0);
});
