import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeAccount } from '../../worker/accounts/change.ts';
import { accounts } from '../../worker/accounts/schema.ts';
import { mails } from '../../worker/mail/schema.ts';
import { addMember } from '../../worker/members/add.ts';
import { answerRequest } from '../../worker/members/answer.ts';
import { askToJoin } from '../../worker/members/ask.ts';
import { accountsToJoin, adminsOfMyAccount, contactsBeside, membersOf, myAccount, myContacts, requestsTo } from '../../worker/members/queries.ts';
import { removeMember } from '../../worker/members/remove.ts';
import { accountContacts, joinRequests } from '../../worker/members/schema.ts';
import { setMemberRole } from '../../worker/members/set-role.ts';
import { switchAccount } from '../../worker/members/switch.ts';
import { users } from '../../worker/people/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

const url = 'http://stoa.test';
const rowOf = async ({ db }: Stoa, id: string) => (await db.select().from(users).where(eq(users.id, id)))[0]!;
const lastOf = async ({ db }: Stoa) => (await db.select().from(outbox).orderBy(outbox.id)).at(-1)!;

/** Dan has a verified address at Acme's domain, and no account. */
async function danAt(email: string, joining: 'off' | 'approve' | 'open') {
  const world = await stoa();
  await world.db.update(accounts).set({ domains: ['acme.example', 'gmail.com'], joining }).where(eq(accounts.id, 'acc_acme'));
  await world.db.insert(users).values({ id: 'usr_dan', email, name: 'Dan', handle: 'dan', verifiedAt: world.now, createdAt: world.now });
  return { ...world, dan: world.as('alice', { id: 'usr_dan', accountId: null }) };
}

test('who has a verified address of an account’s domain asks, and its admin lets them in, with a letter', async () => {
  const world = await danAt('dan@acme.example', 'approve');
  const { as, db, dan } = world;
  expect((await dan.load(accountsToJoin()))[0]).toMatchObject([{ id: 'acc_acme', name: 'Acme' }]);
  expect(await dan.run(askToJoin, { account: 'acc_acme' })).toEqual({ isIn: false });
  expect((await rowOf(world, 'usr_dan')).accountId).toBeNull();
  expect((await as('carol').load(requestsTo('acc_acme')))[0]).toMatchObject([{ userId: 'usr_dan', name: 'Dan', email: 'dan@acme.example', accountName: 'Acme' }]);
  for (const stranger of [as('alice'), as('bob'), as('visitor'), as('carol', { accountId: 'acc_olive' })]) {
    expect((await stranger.load(requestsTo('acc_acme')))[0]).toEqual([]);
    await expect(stranger.run(answerRequest, { account: 'acc_acme', person: 'usr_dan', approve: 'yes', url })).rejects.toMatchObject({ reason: 'not_found' });
  }
  await as('carol').run(answerRequest, { account: 'acc_acme', person: 'usr_dan', approve: 'yes', url });
  expect((await rowOf(world, 'usr_dan'))).toMatchObject({ accountId: 'acc_acme', accountRole: 'member' });
  expect(await db.select().from(joinRequests)).toEqual([]);
  expect(await lastOf(world)).toMatchObject({ type: 'person.joined_account', subject: 'usr_dan', data: { from: { accountId: null }, to: { accountId: 'acc_acme' } } });
  expect(await db.select().from(mails)).toMatchObject([{ toAddress: 'dan@acme.example', purpose: 'let into an account' }]);
});

test('refused, they stay out; where it is open they are in at once', async () => {
  const closed = await danAt('dan@acme.example', 'approve');
  await closed.dan.run(askToJoin, { account: 'acc_acme' });
  await closed.as('cleo').run(answerRequest, { account: 'acc_acme', person: 'usr_dan', approve: 'no', url });
  expect([(await rowOf(closed, 'usr_dan')).accountId, await closed.db.select().from(joinRequests), await closed.db.select().from(mails)]).toEqual([null, [], []]);
  const open = await danAt('dan@acme.example', 'open');
  expect(await open.dan.run(askToJoin, { account: 'acc_acme' })).toEqual({ isIn: true });
  expect((await rowOf(open, 'usr_dan')).accountId).toBe('acc_acme');
});

test('nobody joins where it is off, by a provider for anybody, by another domain, unverified, or twice', async () => {
  const asking = async (email: string, joining: 'off' | 'open', change: object = {}) => {
    const world = await danAt(email, joining);
    await world.db.update(users).set({ name: 'Dan', ...change }).where(eq(users.id, 'usr_dan'));
    await expect(world.dan.run(askToJoin, { account: 'acc_acme' })).rejects.toMatchObject({ reason: 'not_found' });
  };
  await asking('dan@acme.example', 'off');
  await asking('dan@gmail.com', 'open');
  await asking('dan@evil-acme.example', 'open');
  await asking('dan@acme.example.evil.example', 'open');
  await asking('dan@acme.example', 'open', { verifiedAt: null });
  await asking('dan@acme.example', 'open', { accountId: 'acc_olive' });
});

test('a provider for anybody can never be an account’s domain', async () => {
  const { as } = await stoa();
  await expect(as('cleo').run(changeAccount, { id: 'acc_acme', domains: ['acme.example', 'Gmail.com'] })).rejects.toMatchObject({ issues: { domains: expect.stringContaining('Anybody') } });
});

test('an account admin sees colleagues, makes them admins and removes them; never themself, nor anybody else’s', async () => {
  const world = await stoa();
  const { as } = world;
  expect((await as('carol').load(membersOf({ limit: 10 }, 'acc_acme')))[0].items.map(({ name }) => name)).toEqual(['alice', 'carol']);
  for (const stranger of [as('alice'), as('bob'), as('mara')]) expect((await stranger.load(membersOf({ limit: 10 }, 'acc_acme')))[0].items).toEqual([]);
  await as('carol').run(setMemberRole, { account: 'acc_acme', person: 'usr_alice', role: 'admin' });
  expect(await lastOf(world)).toMatchObject({ data: { from: { accountRole: 'member' }, to: { accountRole: 'admin' } } });
  expect((await as('alice').load(adminsOfMyAccount(), myAccount()))[0]).toHaveLength(2);
  for (const op of [removeMember, setMemberRole] as const) {
    await expect(as('carol').run(op as typeof setMemberRole, { account: 'acc_acme', person: 'usr_carol', role: 'member' })).rejects.toMatchObject({ reason: 'conflict' });
    await expect(as('carol').run(op as typeof setMemberRole, { account: 'acc_acme', person: 'usr_bob', role: 'member' })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as('carol').run(op as typeof setMemberRole, { account: 'acc_olive', person: 'usr_bob', role: 'member' })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as('agnes').run(op as typeof setMemberRole, { account: 'acc_olive', person: 'usr_bob', role: 'member' })).rejects.toMatchObject({ reason: 'forbidden' });
  }
  await as('carol').run(removeMember, { account: 'acc_acme', person: 'usr_alice' });
  expect(await rowOf(world, 'usr_alice')).toMatchObject({ accountId: null, accountRole: 'member' });
  expect(await lastOf(world)).toMatchObject({ type: 'person.left_account', data: { from: { accountId: 'acc_acme', accountRole: 'admin' }, to: { accountId: null } } });
});

test('somebody of two accounts acts for one, and changes to the other with the role they have there', async () => {
  const world = await stoa();
  const { as, db } = world;
  await as('cleo').run(addMember, { account: 'acc_olive', person: 'carol@example.org' });
  await as('cleo').run(addMember, { account: 'acc_olive', person: 'usr_carol' });
  expect(await db.select().from(accountContacts)).toHaveLength(1);
  expect((await as('cleo').load(contactsBeside('acc_olive')))[0]).toMatchObject([{ name: 'carol' }]);
  expect((await as('carol').load(myContacts()))[0]).toEqual([{ id: 'acc_olive', name: 'Olive', accountRole: 'member' }]);
  await as('carol').run(switchAccount, { account: 'acc_olive' });
  expect(await rowOf(world, 'usr_carol')).toMatchObject({ accountId: 'acc_olive', accountRole: 'member' });
  await as('carol').run(switchAccount, { account: 'acc_acme' });
  expect(await rowOf(world, 'usr_carol')).toMatchObject({ accountId: 'acc_acme', accountRole: 'admin' });
  await expect(as('bob').run(switchAccount, { account: 'acc_acme' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('visitor').run(switchAccount, { account: 'acc_acme' })).rejects.toMatchObject({ reason: 'not_found' });
  await as('cleo').run(removeMember, { account: 'acc_olive', person: 'usr_carol' });
  expect(await db.select().from(accountContacts)).toEqual([]);
});

test('only who keeps accounts adds people, and only customers', async () => {
  const { as } = await stoa();
  for (const person of ['nobody@example.org', 'agnes@example.org', '']) await expect(as('cleo').run(addMember, { account: 'acc_olive', person })).rejects.toMatchObject({ issues: { person: expect.any(String) } });
  await expect(as('carol').run(addMember, { account: 'acc_acme', person: 'bob@example.org' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(addMember, { account: 'acc_acme', person: 'bob@example.org' })).rejects.toMatchObject({ reason: 'signed_out' });
});
