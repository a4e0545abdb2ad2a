import { expect, test } from 'vitest';
import { openDatabase } from '../../worker/database/open.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal, type Portal } from '../../worker/platform/portal.ts';
import { visitor } from '../../worker/platform/viewer.ts';
import { asked } from '../../worker/search/input.ts';
import { planOf } from '../../worker/search/plan.ts';
import { counting, searched, type SearchType } from '../../worker/search/queries.ts';
import { gatherWords } from '../../worker/spelling/jobs.ts';
import { spelled } from '../../worker/spelling/queries.ts';
import { SECRET, settingOf, type Stoa, stoa } from '../support/stoa.ts';

/** One in so many texts holds the word. */
const WORDS = { orchard: 1, lantern: 2, marble: 3, thicket: 40, velvet: 100, quartz: 250, zephyr: 1_700 };

/** More texts and titles than are ranked by one word; every fourth title holds what its text does. */
async function filled(): Promise<Stoa> {
  const world = await stoa();
  const words = Object.entries(WORDS).map(([word, nth]) => `case when n % ${nth} = 0 then '${word} ' else '' end`).join(' || ');
  await world.db.$client.executeMultiple(`
    with recursive ns (n) as (select 1 union all select n + 1 from ns where n < 1800)
    insert into search_documents (id, type, ref_id, locale, title, url, text, updated_at) select -n, 'article', 'many' || n, 'en', 'Article ' || n, '/kb/start/many' || n, ${words}, n * 1000 from ns;
    insert into search_index (rowid, body) select id, text from search_documents where ref_id like 'many%';
    insert into search_titles (rowid, title, tags) select id, text, '' from search_documents where ref_id like 'many%' and id % 4 <> 1;`);
  return world;
}

const found = async (portal: Portal, q: string, type?: SearchType) => (await portal.load(searched(q, { locale: 'en', limit: 20, type })))[0].map(({ refId, score }) => `${refId} ${score.toFixed(6)}`);
/** A way to the same database by which nothing was counted. */
function anew({ url }: Stoa): Portal {
  const db = openDatabase({ url });
  return openPortal({ db, gate: gateOf(db), viewer: visitor, secret: SECRET });
}
/** Words are counted when they come a second time. */
async function count(world: Stoa, q: string): Promise<void> {
  for (let time = 0; time < 2; time++) await world.as('visitor').load(counting(q));
}

test('what is found is the same when its words were counted before, however common or rare they are, in quotes, left out, or pasted', async () => {
  const world = await filled();
  let seed = 7;
  const draw = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const some = Object.keys(WORDS);
  const word = () => some[Math.floor(draw() * some.length)]!;
  const shapes = [() => word(), () => `${word()} ${word()}`, () => `${word()} ${word()} ${word()} `, () => `"${word()} ${word()}" ${word()}`, () => `${word()} -${word()}`, () => Array.from({ length: 6 }, word).join(' '), () => Array.from({ length: 16 }, word).join(' '), () => `${word()} ${word().slice(0, 4)}`];
  let planned = 0;
  for (let i = 0; i < 80; i++) {
    const [q, type] = [shapes[i % shapes.length]!(), ([undefined, 'article', 'topic'] as const)[i % 3]];
    const before = await found(anew(world), q, type);
    await count(world, q);
    if (planOf(world.db, asked(q), '')) planned++;
    expect([q, type, await found(world.as('visitor'), q, type)]).toEqual([q, type, before]);
  }
  expect(planned).toBeGreaterThan(25);
});

test('what is written after its words were counted is found at once', async () => {
  const world = await filled();
  for (const q of ['lantern', 'velvet', 'velvet lantern', 'orchard velvet ']) await count(world, q);
  expect(planOf(world.db, asked('velvet lantern '), '')).toBeDefined();
  await world.as('mara').run(openTopic, { category: 'help', title: 'Velvet lantern', body: 'Where is it?', tags: '', kind: 'question' });
  for (const q of ['velvet lantern', 'velvet lantern ', 'velvet ']) expect([q, (await world.as('visitor').load(searched(q, { locale: 'en', limit: 20 })))[0].map(({ title }) => title)]).toEqual([q, expect.arrayContaining(['Velvet lantern'])]);
});

test('a word that few texts hold is looked for as if it had not been counted, and one that only some may read is still put right for the others', async () => {
  const world = await stoa();
  await world.db.$client.execute("insert into categories (id, slug, name, see) values ('cat_inner', 'inner', 'Inner', '[\"role:agent\",\"role:admin\"]')");
  const open = (title: string, category: string) => world.as('ada').run(openTopic, { category, title, body: `All about ${title}, in short.`, tags: '', kind: 'question' });
  for (let i = 0; i < 4; i++) await open(`Badger ${'abcd'[i]}`, 'inner');
  await open('Badge holders', 'help');
  await gatherWords.work(settingOf(world));
  await count(world, 'badger');
  await count(world, 'holders');
  const spelling = (who: 'visitor' | 'agnes', q: string) => world.as(who).load(spelled(q));
  expect((await spelling('visitor', 'badger'))[0]?.words).toBe('badge');
  expect((await spelling('agnes', 'badger'))[0]).toBeUndefined();
  expect(planOf(world.db, asked('holders '), '')).toBeUndefined();
});
