import { expect, test } from 'vitest';
import { follow } from '../../worker/following/follow.ts';
import { everythingSet, followOfCategory, followOfTag } from '../../worker/following/queries.ts';
import { setDefault } from '../../worker/following/set-default.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { keepGroup } from '../../worker/groups/keep.ts';
import { removeGroup } from '../../worker/groups/remove.ts';
import { addSynonym } from '../../worker/tags/add-synonym.ts';
import { newsroom } from '../notifications/support.ts';
import type { cast } from '../support/stoa.ts';

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
