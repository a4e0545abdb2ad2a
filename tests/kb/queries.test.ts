import { expect, test } from 'vitest';
import { articlesIn, firstArticles, kbCategories, popularArticles } from '../../worker/kb/queries.ts';
import { articles, kbCategories as categories } from '../../worker/kb/schema.ts';
import { syncKnowledgeBase } from '../../worker/kb/sync.ts';
import { stoa } from '../support/stoa.ts';

/** Thirty categories; the first has 230 articles, each other seven. */
async function fullShelves() {
  const world = await stoa();
  const slugs = Array.from({ length: 30 }, (_, i) => `c${String(i).padStart(2, '0')}`);
  await world.db.insert(categories).values(slugs.map((slug, i) => ({ slug, locale: 'en' as const, title: slug, position: i % 3 })));
  const rows = slugs.flatMap((category, c) => Array.from({ length: c === 0 ? 230 : 7 }, (_, i) => ({ id: `${category}_${i}`, category, slug: `a${String(i).padStart(3, '0')}`, locale: 'en' as const, title: `${i}`, body: 'x', position: i % 2, updatedAt: world.now })));
  await world.db.insert(articles).values(rows);
  return world;
}

test('a category of 230 articles is read page by page, none left out', async () => {
  const { as } = await fullShelves();
  const seen: string[] = [];
  for (let after: string | undefined, going = true; going; ) {
    const [{ items, next }] = await as('visitor').load(articlesIn({ limit: 50, after }, 'en', 'c00'));
    seen.push(...items.map(({ slug }) => slug));
    going = next !== null;
    after = next ?? undefined;
  }
  expect([seen.length, new Set(seen).size]).toEqual([230, 230]);
  expect(seen[0]).toBe('a000');
  expect(seen[115]).toBe('a001');
});

test('the help centre shows the first articles of every category, page by page, however many the first one has', async () => {
  const { as } = await fullShelves();
  const shelves = new Map<string, number>();
  for (let after: string | undefined, going = true; going; ) {
    const slice = { limit: 12, after };
    const [{ items, next }, first] = await as('visitor').load(kbCategories(slice, 'en'), firstArticles(slice, 'en', 7));
    for (const { slug } of items) shelves.set(slug, first.filter(({ category }) => category === slug).length);
    expect(first.every(({ category }) => items.some(({ slug }) => slug === category))).toBe(true);
    going = next !== null;
    after = next ?? undefined;
  }
  expect(shelves.size).toBe(30);
  expect([...new Set(shelves.values())]).toEqual([7]);
});

test('what helped most stands first, and as long as nothing did, the first articles of the help centre', async () => {
  const { as, db } = await fullShelves();
  const first = async () => (await as('visitor').load(popularArticles('en', 3)))[0].map(({ category, slug }) => `${category}/${slug}`);
  expect(await first()).toEqual(['c00/a000', 'c00/a010', 'c00/a100']);
  await db.$client.execute("update articles set helpful = 2 where category = 'c07' and slug = 'a003'");
  expect((await first()).slice(0, 2)).toEqual(['c07/a003', 'c00/a000']);
});

test('the articles of content/kb stand in the order of their categories', async () => {
  const { db, url } = await stoa();
  await syncKnowledgeBase(url);
  const { rows } = await db.$client.execute("select category, min(position) as first, max(position) as last from articles where locale = 'el' and source = 'git' group by category order by first");
  expect(rows.map(({ category }) => category)).toEqual(['start', 'community', 'tickets', 'team', 'operate']);
  for (const [i, { first }] of rows.slice(1).entries()) expect(Number(first)).toBeGreaterThan(Number(rows[i]!['last']));
});
