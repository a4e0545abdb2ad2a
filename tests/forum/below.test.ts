import { beforeEach, expect, test } from 'vitest';
import { categories } from '../../worker/forum/schema.ts';
import { follow } from '../../worker/following/follow.ts';
import { unreadTopics } from '../../worker/following/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { topicByNumber, topicsPage, type TopicFilter } from '../../worker/forum/queries.ts';
import { pinTopic } from '../../worker/moderation/pin.ts';
import { hotTopics, topTopics } from '../../worker/rankings/queries.ts';
import { type cast, type Stoa, stoa } from '../support/stoa.ts';

const DAY = 86_400_000;
let world: Stoa;

/** Help has Parts below it, which has Bolts and, for those who work here, Secrets. Beside them is More. */
beforeEach(async () => {
  world = await stoa();
  const { db, now } = world;
  const of = (slug: string, parentId: string | null, see?: string[]) => ({ id: `cat_${slug}`, slug, name: slug, parentId, see });
  await db.insert(categories).values([of('parts', 'cat_help'), of('bolts', 'cat_parts'), of('secrets', 'cat_parts', ['role:agent']), of('drawer', 'cat_secrets'), of('more', null)]);
  const [places, at] = [['help', 'parts', 'bolts', 'secrets', 'drawer', 'more'], now.getTime() - 20 * DAY];
  for (let i = 0; i < 30; i++) {
    const place = places[i % 6]!;
    await db.$client.execute({
      sql: 'insert into topics (id, number, slug, title, kind, category_id, author_id, posts_count, last_post_at, created_at, likes, accepted_post_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      args: [`top_${i}`, i + 1, 'a', `${place} ${i}`, i % 5 === 0 ? 'discussion' : 'question', `cat_${place}`, 'usr_alice', 1 + (i % 3), at + ((i * 7) % 30) * DAY * 0.6, at + i * DAY * 0.6, i % 4, i % 2 ? `pst_${i}` : null],
    });
  }
});

const named = (rows: { title: string }[]) => rows.map(({ title }) => title);

async function everyPage(who: keyof typeof cast, filter: TopicFilter) {
  const found: { title: string; lastPostAt: Date; createdAt: Date }[] = [];
  let after: string | undefined;
  do {
    const [page]: [{ items: typeof found; next: string | null }] = await world.as(who, { hidden: null }).load(topicsPage({ after, limit: 4 }, filter));
    found.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  return found;
}

test.each([
  ['latest', {}, 'last_post_at', '1'],
  ['unanswered', { unanswered: true }, 'created_at', 'posts_count = 1'],
  ['unsolved', { unsolved: true }, 'last_post_at', "accepted_post_id is null and kind = 'question'"],
] as const)('a category lists its topics and those of all below it that one sees, page by page in one order: %s', async (_, filter, order, where) => {
  const expected = async (...places: string[]) => (await world.db.$client.execute(`select title from topics where ${where} and category_id in ('cat_${places.join("','cat_")}') order by ${order} desc, id desc`)).rows.map(({ title }) => title);
  expect(named(await everyPage('bob', { ...filter, category: 'help' }))).toEqual(await expected('help', 'parts', 'bolts'));
  expect(named(await everyPage('visitor', { ...filter, category: 'parts' }))).toEqual(await expected('parts', 'bolts'));
  expect(named(await everyPage('agnes', { ...filter, category: 'help' }))).toEqual(await expected('help', 'parts', 'bolts', 'secrets', 'drawer'));
  expect(named(await everyPage('agnes', { ...filter, category: 'help', isOnlyHere: true }))).toEqual(await expected('help'));
  expect(await everyPage('bob', { ...filter, category: 'secrets' })).toEqual([]);
  expect(await everyPage('bob', { ...filter, category: 'drawer' })).toEqual([]);
});

test('what is hot and what was voted for most are asked of a category and all below it, too, and tell of nothing closed', async () => {
  const { as, now, db } = world;
  const load = async (who: keyof typeof cast, query: ReturnType<typeof hotTopics>) => named((await as(who, { hidden: null }).load(query))[0]);
  const best = async (since: number) => (await db.$client.execute({ sql: "select title from topics where likes > 0 and created_at > ? and category_id in ('cat_help', 'cat_parts', 'cat_bolts') order by likes desc, id desc", args: [since] })).rows.map(({ title }) => title);
  for (const [period, days] of [['week', 7], ['month', 30], ['all', 9_999]] as const) expect(await load('bob', topTopics(period, now.getTime(), { category: 'help' }))).toEqual(await best(now.getTime() - days * DAY));
  const whole = await load('bob', hotTopics(now.getTime()));
  expect(await load('bob', hotTopics(now.getTime(), { category: 'help' }))).toEqual(whole.filter((title) => !title.startsWith('more')));
  expect(await load('bob', hotTopics(now.getTime(), { category: 'parts', isOnlyHere: true }))).toEqual(whole.filter((title) => title.startsWith('parts')));
  expect(await load('bob', topTopics('all', now.getTime(), { category: 'secrets' }))).toEqual([]);
  expect((await load('agnes', topTopics('all', now.getTime(), { category: 'secrets' }))).length).toBeGreaterThan(0);
});

test('what stands first in a category below it stands in its own place above', async () => {
  const { as } = world;
  await as('mara').run(pinTopic, { number: 1, pinned: true });
  await as('mara').run(pinTopic, { number: 2, pinned: true });
  const [rest, first] = await as('bob').load(topicsPage({ limit: 50 }, { category: 'help', pinned: false }), topicsPage({ limit: 50 }, { category: 'help', pinned: true }));
  expect(named(first.items)).toEqual(['help 0']);
  expect([named(rest.items).includes('help 0'), named(rest.items).includes('parts 1')]).toEqual([false, true]);
});

test('what one has not read is told of a category and what is below it', async () => {
  const { as, now } = world;
  await as('bob').run(follow, { kind: 'topic', target: '3', level: 'watching' });
  await as('bob').run(follow, { kind: 'topic', target: '6', level: 'watching' });
  const unread = async (within: object) => named((await as('bob').load(unreadTopics(9, now.getTime(), within)))[0]);
  expect([await unread({ category: 'help' }), await unread({ category: 'help', isOnlyHere: true }), await unread({ category: 'more' }), (await unread({})).length]).toEqual([['bolts 2'], [], ['more 5'], 2]);
});

test('a topic names what its category is part of, from the top down', async () => {
  const { as } = world;
  const { number } = await as('alice').run(openTopic, { category: 'bolts', title: 'Where am I?', body: 'x', tags: '' });
  const [{ category }] = await as('bob').load(topicByNumber(number!));
  expect([category.above, category.slug]).toEqual([[{ slug: 'help', name: 'Help' }, { slug: 'parts', name: 'parts' }], 'bolts']);
  expect((await as('bob').load(topicByNumber(1)))[0].category.above).toEqual([]);
});
