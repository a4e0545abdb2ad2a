import { expect, test } from 'vitest';
import { follow } from '../../worker/following/follow.ts';
import { everythingSet, followOfCategory, followOfTag, unreadTopics } from '../../worker/following/queries.ts';
import { readTopic } from '../../worker/following/read.ts';
import { setDefault } from '../../worker/following/set-default.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { keepGroup } from '../../worker/groups/keep.ts';
import { removeGroup } from '../../worker/groups/remove.ts';
import { addSynonym } from '../../worker/tags/add-synonym.ts';
import { newsroom } from '../notifications/support.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { cast, SECRET } from '../support/stoa.ts';

type Name = keyof typeof cast;

/** A group of the team with Agnes and Cleo, and a customer who comes today. */
async function team() {
  const world = await newsroom();
  const { as, db, now } = world;
  const { id: group } = await as('ada').run(keepGroup, { name: 'Docs', members: ['usr_agnes', 'usr_cleo'] });
  const set = (level: string, more: Record<string, string> = { category: 'help' }) => as('ada').run(setDefault, { level, ...more });
  const comesToday = (name: Name) => db.$client.execute({ sql: 'update users set created_at = ? where id = ?', args: [now.getTime(), `usr_${name}`] });
  const levels = async (...names: Name[]) => Promise.all(names.map(async (name) => (await as(name).load(followOfCategory('help')))[0]?.level ?? null));
  const hears = async (title: string, tags = '') => {
    await as('mara').run(openTopic, { category: 'help', title, body: 'Words.', tags });
    await world.deliver();
    const all: Name[] = ['alice', 'bob', 'agnes', 'cleo', 'ada'];
    const told = await Promise.all(all.map(async (name) => ((await world.told(name)).some(([kind, of]) => kind === 'topic' && of === title) ? [name] : [])));
    return told.flat();
  };
  return { ...world, group, set, comesToday, levels, hears };
}

test('those of a group follow what is set for them, and nobody else; no row is written for anybody', async () => {
  const { db, group, set, levels, hears } = await team();
  await set('watching', { category: 'help', group });
  expect(await levels('agnes', 'cleo', 'ada', 'alice')).toEqual(['watching', 'watching', null, null]);
  expect((await db.$client.execute('select * from follows')).rows).toEqual([]);
  expect(await hears('News')).toEqual(['agnes', 'cleo']);
  await set('normal', { category: 'help', group });
  expect([await levels('agnes'), await hears('Quiet')]).toEqual([[null], []]);
});

test('what somebody chose counts before what is set, also when they chose to follow no longer', async () => {
  const { as, group, set, levels, hears } = await team();
  await set('watching', { category: 'help', group });
  await as('agnes').run(follow, { kind: 'category', target: 'help', level: 'normal' });
  expect([await levels('agnes', 'cleo'), await hears('One')]).toEqual([['normal', 'watching'], ['cleo']]);
  await as('cleo').run(follow, { kind: 'category', target: 'help', level: 'muted' });
  expect([await levels('cleo'), await hears('Two')]).toEqual([['muted'], []]);
  expect((await as('cleo').load(everythingSet()))[0]).toEqual([]);
});

test('everybody who comes later follows what is set for all, who was here does not, and a group counts before it', async () => {
  const { as, group, set, comesToday, levels, hears } = await team();
  await comesToday('bob');
  await comesToday('agnes');
  await set('watching');
  await set('muted', { category: 'help', group });
  expect(await levels('bob', 'alice', 'agnes', 'visitor')).toEqual(['watching', null, 'muted', null]);
  expect(await hears('News')).toEqual(['bob']);
  expect((await as('bob').load(everythingSet()))[0]).toMatchObject([{ level: 'watching', category: 'Help' }]);
});

test('of several groups the closest counts; what is muted for them is quiet, unless they watch another place by choice', async () => {
  const { as, group, set, levels, hears } = await team();
  const { id: other } = await as('ada').run(keepGroup, { name: 'Sales', members: ['usr_cleo'] });
  await set('muted', { category: 'help', group });
  await set('tracking', { category: 'help', group: other });
  expect(await levels('agnes', 'cleo')).toEqual(['muted', 'tracking']);
  await set('watching', { tag: 'billing', group });
  expect(await hears('Set', 'billing')).toEqual(['cleo']);
  await as('agnes').run(follow, { kind: 'tag', target: 'billing', level: 'watching' });
  expect(await hears('Chosen', 'billing')).toEqual(['agnes', 'cleo']);
});

test('what is new in a category or tag that one tracks, by choice or by default, is among the unread until it is read, unless the topic is muted', async () => {
  const { as, db, gate, now, group, set } = await team();
  const unread = async (who: Name, later = 0) => (await as(who).load(unreadTopics(9, now.getTime() + later)))[0].map(({ title }) => title).sort();
  const later = (minutes: number) => openPortal({ db, gate, viewer: cast.mara, secret: SECRET, clock: () => new Date(now.getTime() + minutes * 60_000) });
  await later(-1).run(openTopic, { category: 'help', title: 'Before', body: 'Words.' });
  await set('tracking', { category: 'help', group });
  await as('alice').run(follow, { kind: 'tag', target: 'billing', level: 'tracking' });
  await later(1).run(openTopic, { category: 'help', title: 'One', body: 'Words.', tags: 'billing' });
  const { number } = await later(2).run(openTopic, { category: 'help', title: 'Two', body: 'Words.' });
  expect([await unread('agnes'), await unread('alice'), await unread('bob'), await unread('visitor')]).toEqual([['One', 'Two'], ['One'], [], []]);
  await as('agnes').run(readTopic, { number, upTo: 1 });
  await as('cleo').run(follow, { kind: 'topic', target: String(number), level: 'muted' });
  await as('cleo').run(follow, { kind: 'category', target: 'help', level: 'normal' });
  expect([await unread('agnes'), await unread('cleo')]).toEqual([['One'], []]);
  await as('cleo').run(follow, { kind: 'category', target: 'help', level: 'tracking' });
  expect([await unread('cleo'), await unread('agnes', 15 * 86_400_000)]).toEqual([['One'], []]);
});

test('a default of a tag goes on with the tag that it means, and one of a group ends with the group', async () => {
  const { as, db, group, set } = await team();
  await set('tracking', { tag: 'invoices', group });
  await as('ada').run(addSynonym, { synonym: 'invoices', tag: 'billing' });
  const level = async () => (await as('agnes').load(followOfTag('billing')))[0];
  expect(await level()).toEqual({ level: 'tracking', isSet: true });
  await as('ada').run(removeGroup, { id: group });
  expect([(await level())?.level, (await db.$client.execute('select * from follow_defaults')).rows]).toEqual([null, []]);
});

test('only those who keep the settings set it; bad input names its field', async () => {
  const { as, set } = await team();
  for (const who of ['alice', 'agnes', 'mara'] as const) await expect(as(who).run(setDefault, { category: 'help', level: 'watching' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(setDefault, { category: 'help', level: 'watching' })).rejects.toMatchObject({ reason: 'signed_out' });
  for (const [wish, field] of [[{}, 'category'], [{ category: 'help', tag: 'x' }, 'category'], [{ category: 'none' }, 'category'], [{ category: 'help', group: 'grp_none' }, 'group']] as const) await expect(set('watching', wish as Record<string, string>)).rejects.toMatchObject({ reason: 'invalid', issues: { [field]: expect.any(String) } });
  await expect(set('closely')).rejects.toMatchObject({ issues: { level: 'Choose how closely to follow.' } });
});
