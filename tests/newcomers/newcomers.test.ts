import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { claimNewcomer } from '../../worker/newcomers/claim.ts';
import { decideNewcomers } from '../../worker/newcomers/decide.ts';
import { newcomersDone, newcomersToDo } from '../../worker/newcomers/queries.ts';
import { changePreferences } from '../../worker/people/prefer.ts';
import { profileByHandle } from '../../worker/people/queries.ts';
import { users } from '../../worker/people/schema.ts';
import { liftSanction } from '../../worker/sanctions/lift.ts';
import { heldToDo } from '../../worker/screening/queries.ts';
import { keyOfNetwork } from '../../worker/signin/asking.ts';
import { signUp } from '../../worker/signin/sign-up.ts';
import { verifyAddress } from '../../worker/signin/verify.ts';
import { asker, carried, world } from '../signin/support.ts';
import type { cast } from '../support/stoa.ts';

/** A workspace with these rules, in which people sign up and prove their address. */
async function entrance(rules: object = {}) {
  const at = await world();
  const { as, db } = at;
  await db.$client.execute({ sql: "insert into settings (key, value) values ('moderation_rules', ?)", args: [JSON.stringify({ challenge: false, ...rules })] });
  const joins = async (name: string, email: string, more = {}) => {
    await as('visitor').run(signUp, { name, email, password: 'a long enough sentence', locale: 'en', ...asker, ...more });
    await as('visitor').run(verifyAddress, { key: (await carried(at, email)).key, ...asker });
    return (await db.select().from(users).where(eq(users.email, email)))[0]!;
  };
  const queue = async (who: keyof typeof cast = 'mara') => (await as(who).load(newcomersToDo(50)))[0];
  const chosen = async () => (await queue()).map(({ id, version }) => `${id} ${version}`);
  return { ...at, joins, queue, chosen };
}

test('who signs up with a sign comes into the queue with it; who has none does not; nobody but moderators sees either', async () => {
  const { as, db, joins, queue } = await entrance();
  await db.$client.execute("insert into screens (id, kind, pattern, action, created_at) values ('scr_1', 'mail', '*@odd.example', 'hold', 0)");
  await joins('Plain Person', 'plain@example.net');
  await joins('Odd Address', 'odd@odd.example');
  await joins('cheap-pills.shop', 'pills@example.net');
  await joins('  ÁGNES ', 'agnes2@example.net');
  await db.$client.execute({ sql: 'insert into attempts (key, at) select ?, ? from (values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10))', args: [keyOfNetwork('203.0.113.9'), Date.now() - 1_000] });
  const many = await joins('Many Of Us', 'many@example.net', { network: '203.0.113.9' });
  expect((await queue()).map(({ name, signs, email }) => [name, signs, email])).toEqual([
    ['Odd Address', [{ sign: 'mail', detail: '*@odd.example' }], 'odd@odd.example'],
    ['cheap-pills.shop', [{ sign: 'link', detail: 'cheap-pills.shop' }], 'pills@example.net'],
    ['ÁGNES', [{ sign: 'staff', detail: 'agnes' }], 'agnes2@example.net'],
    ['Many Of Us', [{ sign: 'many', detail: '11' }], 'many@example.net'],
  ]);
  for (const who of ['visitor', 'alice', 'lena'] as const) expect([await queue(who), (await as(who).load(newcomersDone(9)))[0]]).toEqual([[], []]);
  expect((await as('mara', { scopes: { categories: ['cat_help'] } }).load(newcomersToDo(9)))[0]).toEqual([]);
  await expect(as('alice').load(profileByHandle(many.handle))).rejects.toMatchObject({ reason: 'not_found' });
  for (const portal of [as('mara'), as('alice', { id: many.id })]) expect((await portal.load(profileByHandle(many.handle)))[0].name).toBe('Many Of Us');
});

test('a workspace looks at all who sign themselves up, or at nobody', async () => {
  const all = await entrance({ newPeople: 'all' });
  await all.joins('Plain Person', 'plain@example.net');
  expect((await all.queue()).map(({ signs }) => signs)).toEqual([[{ sign: 'all', detail: '' }]]);
  const none = await entrance({ newPeople: 'off' });
  await none.joins('www.pills.example', 'pills@example.net');
  expect(await none.queue()).toEqual([]);
});

test('what they write waits until they are listed', async () => {
  const { as, joins, queue, chosen } = await entrance({ newPeople: 'all' });
  const { id, handle } = await joins('Plain Person', 'plain@example.net');
  const writes = (title: string) => as('alice', { id, accountId: null }).run(openTopic, { category: 'help', title, body: `Words about ${title}.`, kind: 'discussion' });
  expect((await writes('The first of mine')).isHeld).toBe(true);
  expect([(await as('mara').load(heldToDo(9)))[0].map(({ reasons }) => reasons), (await queue())[0]!.waiting]).toEqual([[[{ rule: 'newcomer', detail: '' }]], 1]);
  const came = await as('mara').run(decideNewcomers, { entries: await chosen(), decision: 'approve' });
  expect(came.entries).toEqual([{ id, outcome: 'decided', name: 'Plain Person' }]);
  expect([(await writes('The second of mine')).isHeld, (await as('visitor').load(profileByHandle(handle)))[0].name, await queue()]).toEqual([false, 'Plain Person', []]);
  expect((await as('mara').load(newcomersDone(9)))[0].map(({ name, status, decider }) => [name, status, decider])).toEqual([['Plain Person', 'approved', 'mara']]);
});

test('rejecting takes them out, with reasons, as far as the decider may; lifting it brings them back into the queue', async () => {
  const { as, db, joins, queue, chosen } = await entrance({ newPeople: 'all' });
  const one = await joins('First New', 'first@example.net');
  await joins('Second New', 'second@example.net');
  const [first, second] = await chosen();
  await as('mara').run(decideNewcomers, { entries: first, decision: 'reject', words: 'Advertising only.' });
  await as('ada').run(decideNewcomers, { entries: [second], decision: 'reject' });
  const sanctions = (await db.$client.execute('select s.id, kind, s.words, r.mail, r.action from sanctions s join statements_of_reasons r on r.sanction_id = s.id order by s.id')).rows;
  expect(sanctions.map(({ kind, words, mail, action }) => [kind, words, mail, action])).toEqual([['silence', 'Advertising only.', 'due', 'silenced'], ['deletion', '', 'due', 'suspended']]);
  expect((await db.$client.execute("select silenced_until is not null s, suspended_at is not null o from users where email in ('first@example.net', 'second@example.net') order by email")).rows.map(({ s, o }) => [s, o])).toEqual([[1, 0], [0, 1]]);
  expect((await db.$client.execute("select value from blocks where kind = 'email'")).rows.map(({ value }) => value)).toEqual(['second@example.net']);
  await expect(as('alice').load(profileByHandle(one.handle))).rejects.toMatchObject({ reason: 'not_found' });
  expect(await queue()).toEqual([]);
  for (const { id } of sanctions) await as('ada').run(liftSanction, { sanction: String(id) });
  expect((await queue()).map(({ name, version }) => [name, version])).toEqual([['First New', 1], ['Second New', 1]]);
  expect((await db.$client.execute('select count(*) n from users where silenced_until is not null or suspended_at is not null')).rows[0]!['n']).toBe(0);
});

test('whom somebody was quicker about, took or made a colleague of stays as they are: the result says which', async () => {
  const { as, db, joins, queue, chosen } = await entrance({ newPeople: 'all' });
  for (const name of ['First', 'Second', 'Third', 'Fourth']) await joins(`${name} New`, `${name.toLowerCase()}@example.net`);
  const seen = await chosen();
  const [first, second, third] = await queue();
  await as('agnes').run(decideNewcomers, { entries: [seen[0]], decision: 'approve' });
  await as('agnes').run(claimNewcomer, { person: second!.id, version: 0 });
  await db.$client.execute({ sql: "update users set role = 'agent' where id = ?", args: [third!.id] });
  const now = await chosen();
  const came = await as('mara').run(decideNewcomers, { entries: [seen[0], now[0], now[1], now[2], 'usr_nobody 0'], decision: 'reject' });
  expect(came.entries.map(({ outcome }) => outcome)).toEqual(['quicker', 'not_yours', 'not_yours', 'decided', 'not_yours']);
  await expect(as('mara').run(claimNewcomer, { person: first!.id, version: 0 })).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(claimNewcomer, { person: second!.id, version: 1 });
  expect((await queue())[0]!.claimedBy).toBeNull();
  await expect(as('alice').run(decideNewcomers, { entries: now, decision: 'approve' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(decideNewcomers, { entries: now, decision: 'approve' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('alice').run(claimNewcomer, { person: second!.id, version: 2 })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('mara').run(decideNewcomers, { decision: 'approve' })).rejects.toMatchObject({ reason: 'invalid', issues: { entries: 'Choose at least one.' } });
});

test('who takes a colleague’s name later, or one that leads somewhere, is looked at then; other names and colleagues are free', async () => {
  const { as, queue } = await entrance();
  const called = (who: 'alice' | 'bob' | 'agnes', name: string) => as(who).run(changePreferences, { name, locale: 'en', timeZone: '' });
  await called('alice', 'Alice of Acme');
  await called('agnes', 'ada');
  expect(await queue()).toEqual([]);
  await called('bob', 'CLEO');
  expect((await queue()).map(({ name, signs }) => [name, signs])).toEqual([['CLEO', [{ sign: 'staff', detail: 'cleo' }]]]);
});
