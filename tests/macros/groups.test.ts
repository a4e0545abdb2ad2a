import { expect, test } from 'vitest';
import { keepGroup } from '../../worker/groups/keep.ts';
import { keepMacro } from '../../worker/macros/keep.ts';
import { macroById, macrosOfAll, macrosOfGroups } from '../../worker/macros/queries.ts';
import { removeMacro } from '../../worker/macros/remove.ts';
import { stoa } from '../support/stoa.ts';

test('a macro of a group is for its members: they see it and keep it, nobody else does', async () => {
  const { as } = await stoa();
  const { id: group } = await as('ada').run(keepGroup, { name: 'Billing', members: ['usr_agnes', 'usr_cleo'] });
  const { id } = await as('agnes').run(keepMacro, { name: 'Invoice sent', whose: 'group', group, en: 'Here it is.' });
  for (const name of ['agnes', 'cleo'] as const) expect((await as(name).load(macrosOfGroups()))[0]).toMatchObject([{ id, ownerId: null, groupId: group }]);
  for (const name of ['lena', 'ada'] as const) expect([name, ...(await as(name).load(macrosOfGroups(), macrosOfAll(), macroById(id)))]).toEqual([name, [], [], undefined]);
  await as('cleo').run(keepMacro, { id, name: 'Invoice is sent', whose: 'group', group, en: 'Here it is.' });
  await expect(as('lena').run(keepMacro, { id, name: 'Mine now', en: 'x' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('lena').run(removeMacro, { id })).rejects.toMatchObject({ reason: 'not_found' });
  await as('ada').run(keepGroup, { id: group, name: 'Billing', members: ['usr_agnes'] });
  expect((await as('cleo').load(macrosOfGroups()))[0]).toEqual([]);
  await as('agnes').run(removeMacro, { id });
  expect((await as('agnes').load(macrosOfGroups()))[0]).toEqual([]);
});

test('nobody makes a macro of a group that they are not in, nor of none', async () => {
  const { as } = await stoa();
  const { id: group } = await as('ada').run(keepGroup, { name: 'Billing', members: ['usr_agnes'] });
  await expect(as('lena').run(keepMacro, { name: 'x', whose: 'group', group, en: 'x' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('ada').run(keepMacro, { name: 'x', whose: 'group', group, en: 'x' })).rejects.toMatchObject({ issues: { group: expect.any(String) } });
  await expect(as('agnes').run(keepMacro, { name: 'x', whose: 'group', en: 'x' })).rejects.toMatchObject({ reason: 'forbidden' });
  const own = await as('agnes').run(keepMacro, { name: 'x', en: 'x' });
  await expect(as('agnes').run(keepMacro, { id: own.id, name: 'x', whose: 'group', group: 'grp_none', en: 'x' })).rejects.toMatchObject({ issues: { group: expect.any(String) } });
  await as('agnes').run(keepMacro, { id: own.id, name: 'x', whose: 'group', group, en: 'x' });
});
