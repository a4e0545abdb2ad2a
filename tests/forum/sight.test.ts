import { expect, test } from 'vitest';
import { keepCategory } from '../../worker/categories/keep.ts';
import { categoriesKept } from '../../worker/categories/queries.ts';
import { allCategories, topicByNumber, topicsPage } from '../../worker/forum/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { known, sight } from '../../worker/forum/sight.ts';
import { asRemembered } from '../../worker/people/cookies.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { cast, SECRET, stoa } from '../support/stoa.ts';

const slugs = [allCategories(), topicsPage({ limit: 9 }, {})] as const;

/** A category that lets in one account, a topic there, and portals of people who say what is hidden from them. */
async function closed() {
  const { as, db, now } = await stoa();
  await as('ada').run(keepCategory, { name: 'Beta', slug: 'beta', see: 'account:Acme' });
  await as('alice').run(openTopic, { category: 'beta', title: 'Canary of the beta', body: 'A zebra.', kind: 'question' });
  const [kept] = await as('ada').load(categoriesKept());
  const id = kept.find(({ slug }) => slug === 'beta')!.id;
  const saying = (name: keyof typeof cast, hidden: string | null, isConfirmed = true) => {
    const meter = { trips: 0, waited: 0 };
    const portal = openPortal({ db, gate: gateOf(db), meter, viewer: { ...cast[name], hidden }, ...(isConfirmed ? { sight } : {}), secret: SECRET, clock: () => now });
    const seen = async () => {
      const [categories, { items }] = await portal.load(...slugs);
      return [categories.some(({ slug }) => slug === 'beta'), items.length > 0, meter.trips, portal.viewer.hidden];
    };
    return { portal, seen };
  };
  return { as, id, list: JSON.stringify([id]), saying };
}

test('what somebody says is hidden from them is believed only where it is true, and costs a second look where it is not', async () => {
  const { id, list, saying } = await closed();
  for (const who of ['visitor', 'bob', 'lena'] as const) {
    expect(await saying(who, list).seen()).toEqual([false, false, 1, list]);
    expect(await saying(who, null).seen()).toEqual([false, false, 1, list]);
    for (const lie of ['[]', '["cat_help"]', JSON.stringify(['cat_help', id])]) expect(await saying(who, lie).seen()).toEqual([false, false, 2, list]);
  }
  expect(await saying('alice', '[]').seen()).toEqual([true, true, 1, '[]']);
  expect(await saying('alice', list).seen()).toEqual([true, true, 2, '[]']);
  await expect(saying('bob', '[]').portal.load(topicByNumber(1))).rejects.toMatchObject({ reason: 'not_found' });
});

test('where nothing confirms it, nothing of it is believed', async () => {
  const { saying } = await closed();
  for (const who of ['visitor', 'bob'] as const) expect(await saying(who, '[]', false).seen()).toEqual([false, false, 1, null]);
});

test('those who are let in everywhere are not asked about', async () => {
  const { saying } = await closed();
  for (const who of ['mara', 'agnes', 'ada'] as const) expect(await saying(who, null).seen()).toEqual([true, true, 1, null]);
});

test('a category that closes is hidden from the next look on, whatever was known before', async () => {
  const { as, id, list, saying } = await closed();
  await as('ada').run(keepCategory, { id, name: 'Beta', slug: 'beta', see: '' });
  expect(await saying('bob', '[]').seen()).toEqual([true, true, 1, '[]']);
  await as('ada').run(keepCategory, { id, name: 'Beta', slug: 'beta', see: 'account:Acme' });
  expect(await saying('bob', '[]').seen()).toEqual([false, false, 2, list]);
});

test('what is hidden from somebody is remembered here for the next look, and never by their browser', async () => {
  const { list, saying } = await closed();
  await saying('bob', null).seen();
  const bob = known(cast.bob);
  expect([bob.hidden, asRemembered(bob).hidden]).toEqual([list, null]);
  expect(await saying('bob', bob.hidden).seen()).toEqual([false, false, 1, list]);
});

test('whoever looks while others do, a category that closes is hidden from all whom it does not let in', async () => {
  const { as, id, list, saying } = await closed();
  const others = ['visitor', 'bob', 'lena', 'alice', 'bob', 'visitor'] as const;
  const seen = async () => (await Promise.all(others.flatMap((who) => ['[]', list, null].map(async (hidden) => [who, ...(await saying(who, hidden).seen()).filter((_, i) => i !== 2)].join(' '))))).toSorted();
  const told = (of: (who: string) => string) => others.flatMap((who) => Array.from({ length: 3 }, () => `${who} ${of(who)}`)).toSorted();
  for (let i = 0; i < 3; i++) {
    await as('ada').run(keepCategory, { id, name: 'Beta', slug: 'beta', see: '' });
    expect(await seen()).toEqual(told(() => 'true true []'));
    await as('ada').run(keepCategory, { id, name: 'Beta', slug: 'beta', see: 'account:Acme' });
    expect(await seen()).toEqual(told((who) => (who === 'alice' ? 'true true []' : `false false ${list}`)));
  }
});
