import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changePerson } from '../../worker/people/change.ts';
import { changeRoleOfPerson } from '../../worker/people/change-role.ts';
import { peopleFound, personRecord } from '../../worker/people/records.ts';
import { customRoles, sessions, users } from '../../worker/people/schema.ts';
import { suspendPerson } from '../../worker/people/suspend.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { changeRole } from '../../worker/roles/change.ts';
import { makeRole } from '../../worker/roles/make.ts';
import { allRoles } from '../../worker/roles/queries.ts';
import { removeRole } from '../../worker/roles/remove.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

const rowOf = async ({ db }: Stoa, id: string) => (await db.select().from(users).where(eq(users.id, id)))[0]!;

/** Ada has just proved who she is. */
async function world() {
  const made = await stoa();
  await made.db.update(users).set({ verifiedAt: made.now }).where(eq(users.id, 'usr_ada'));
  return { ...made, ada: made.as('ada', { provedAt: made.now.getTime() }) };
}

test('a custom role is made, given, changed for everybody who has it, and removed when nobody has it', async () => {
  const it = await world();
  const { ada, db } = it;
  const { id } = await ada.run(makeRole, { name: 'Biller', base: 'light_agent', permissions: ['tickets.see', 'tickets.see'], categories: [] });
  await ada.run(changeRoleOfPerson, { person: 'usr_agnes', role: id });
  expect(await rowOf(it, 'usr_agnes')).toMatchObject({ role: 'light_agent', roleId: id });
  await ada.run(changeRole, { id, name: 'Biller', base: 'agent', permissions: ['tickets.see', 'tickets.answer'], categories: ['cat_help'] });
  expect(await rowOf(it, 'usr_agnes')).toMatchObject({ role: 'agent', roleId: id });
  expect((await ada.load(allRoles()))[0]).toMatchObject([{ name: 'Biller', permissions: ['tickets.answer', 'tickets.see'], scopes: { categories: ['cat_help'] }, people: 1 }]);
  await expect(ada.run(removeRole, { id })).rejects.toMatchObject({ reason: 'conflict' });
  await ada.run(changeRoleOfPerson, { person: 'usr_agnes', role: 'agent' });
  await ada.run(removeRole, { id });
  expect(await db.select().from(customRoles)).toEqual([]);
  const log = await db.select().from(outbox).orderBy(outbox.id);
  expect(log.map(({ type }) => type)).toEqual(['role.made', 'person.changed_role', 'role.changed', 'person.changed_role', 'role.removed']);
  expect([log[1]!.data, log[2]!.data]).toMatchObject([{ from: { role: 'agent', roleId: null }, to: { role: 'light_agent', roleId: id } }, { from: { base: 'light_agent' }, to: { base: 'agent' } }]);
});

test('roles ask for a fresh proof, a name of their own, and categories that there are', async () => {
  const { as, ada } = await world();
  const biller = { name: 'Biller', base: 'agent', permissions: ['tickets.see'] };
  await expect(as('ada').run(makeRole, biller)).rejects.toMatchObject({ reason: 'stale' });
  await expect(as('cleo').run(makeRole, biller)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(makeRole, biller)).rejects.toMatchObject({ reason: 'signed_out' });
  await ada.run(makeRole, biller);
  await expect(ada.run(makeRole, biller)).rejects.toMatchObject({ issues: { name: expect.any(String) } });
  await expect(ada.run(makeRole, { ...biller, name: 'B', base: 'admin' })).rejects.toMatchObject({ issues: { base: expect.any(String) } });
  await expect(ada.run(makeRole, { ...biller, name: 'B', permissions: ['everything'] })).rejects.toMatchObject({ issues: { permissions: expect.any(String) } });
  await expect(ada.run(makeRole, { ...biller, name: 'B', categories: ['cat_none'] })).rejects.toMatchObject({ issues: { categories: expect.any(String) } });
});

test('nobody gives what they do not hold, nor decides about who holds more', async () => {
  const { as, ada, now } = await world();
  const { id } = await ada.run(makeRole, { name: 'Eraser', base: 'agent', permissions: ['people.erase'] });
  const keeper = as('cleo', { permissions: ['roles.manage', 'people.see', 'people.manage', 'tickets.see', 'forum.moderate'], scopes: { categories: ['cat_help'] }, provedAt: now.getTime() });
  await expect(keeper.run(makeRole, { name: 'Mine', base: 'agent', permissions: ['people.erase'] })).rejects.toMatchObject({ issues: { permissions: 'You cannot give what you do not hold.' } });
  await expect(keeper.run(changeRole, { id, name: 'Eraser', base: 'agent', permissions: [] })).rejects.toMatchObject({ reason: 'forbidden' });
  for (const role of ['admin', 'agent', 'moderator', id]) await expect(keeper.run(changeRoleOfPerson, { person: 'usr_bob', role })).rejects.toMatchObject({ issues: { role: 'You cannot give what you do not hold.' } });
  await expect(keeper.run(changeRoleOfPerson, { person: 'usr_ada', role: 'customer' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(keeper.run(suspendPerson, { person: 'usr_agnes', suspended: true })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(keeper.run(changePerson, { person: 'usr_ada', name: 'Mallory' })).rejects.toMatchObject({ reason: 'forbidden' });
  await keeper.run(suspendPerson, { person: 'usr_bob', suspended: true });
});

test('the last admin is neither demoted nor suspended; of two who demote each other one stays', async () => {
  const it = await world();
  const { as, ada, db, now } = it;
  await expect(ada.run(changeRoleOfPerson, { person: 'usr_ada', role: 'agent' })).rejects.toMatchObject({ reason: 'conflict', message: expect.stringContaining('last admin') });
  await expect(as('cleo', { id: 'usr_x', permissions: ada.viewer.permissions }).run(suspendPerson, { person: 'usr_ada', suspended: true })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(ada.run(suspendPerson, { person: 'usr_ada', suspended: true })).rejects.toMatchObject({ message: 'You cannot suspend yourself.' });
  await db.update(users).set({ role: 'admin', verifiedAt: now }).where(eq(users.id, 'usr_agnes'));
  const agnes = as('ada', { id: 'usr_agnes', provedAt: now.getTime() });
  const both = await Promise.allSettled([ada.run(changeRoleOfPerson, { person: 'usr_agnes', role: 'agent' }), agnes.run(changeRoleOfPerson, { person: 'usr_ada', role: 'agent' })]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect([(await rowOf(it, 'usr_ada')).role, (await rowOf(it, 'usr_agnes')).role].sort()).toEqual(['admin', 'agent']);
});

test('a person is changed and suspended, and the log tells from and to; sessions end', async () => {
  const it = await world();
  const { ada, as, db, now } = it;
  await ada.run(changePerson, { person: 'usr_alice', name: 'Alice A.', account: 'olive', locale: 'el' });
  expect(await rowOf(it, 'usr_alice')).toMatchObject({ name: 'Alice A.', accountId: 'acc_olive', locale: 'el', role: 'customer' });
  await ada.run(changePerson, { person: 'usr_carol', account: '' });
  expect(await rowOf(it, 'usr_carol')).toMatchObject({ accountId: null, accountRole: 'member' });
  expect((await db.select().from(outbox).orderBy(outbox.id)).at(-1)!.data).toEqual({ from: { accountId: 'acc_acme', accountRole: 'admin' }, to: { accountId: null, accountRole: 'member' } });
  await db.insert(sessions).values({ id: 'x', userId: 'usr_alice', expiresAt: new Date(Date.now() + 1e6), createdAt: now, provedAt: now, seenAt: now });
  await ada.run(suspendPerson, { person: 'usr_alice', suspended: 'yes' });
  expect(await db.select().from(sessions)).toEqual([]);
  const [found, one] = await ada.load(peopleFound({ limit: 5 }, { state: 'suspended' }), personRecord('alice'));
  expect([found.items.map(({ name }) => name), one]).toMatchObject([['Alice A.'], { accountName: 'Olive', sessions: 0, suspendedAt: now }]);
  await ada.run(suspendPerson, { person: 'usr_alice', suspended: false });
  expect((await rowOf(it, 'usr_alice')).suspendedAt).toBeNull();
  await expect(ada.run(changePerson, { person: 'usr_alice', account: 'Nowhere' })).rejects.toMatchObject({ issues: { account: expect.any(String) } });
  for (const who of ['agnes', 'cleo'] as const) await expect(as(who).run(changePerson, { person: 'usr_alice', name: 'x' })).rejects.toMatchObject({ reason: 'forbidden' });
  for (const who of ['alice', 'carol', 'mara', 'visitor'] as const) await expect(as(who).run(changePerson, { person: 'usr_bob', name: 'x' })).rejects.toMatchObject({ reason: 'not_found' });
});

test('people are found by how name, last name or address begin, in Greek too, and page by page', async () => {
  const { ada, as, db, now } = await world();
  const more = ['Νίκος Ελαιώνας', 'Chris Doyle', 'dora Lindt', ...Array.from({ length: 7 }, (_, i) => `Zed ${i}`)];
  await db.insert(users).values(more.map((name, i) => ({ id: `usr_${i}`, name, email: `person${i}@site${i}.example`, handle: `h${i}`, createdAt: now })));
  const names = async (q: string) => (await ada.load(peopleFound({ limit: 50 }, { q })))[0].items.map(({ name }) => name);
  expect(await names('doy')).toEqual(['Chris Doyle']);
  expect(await names('DORA')).toEqual(['dora Lindt']);
  expect(await names('ελαι')).toEqual(['Νίκος Ελαιώνας']);
  expect(await names('person1@')).toEqual(['Chris Doyle']);
  for (const odd of ['%', '_', "'", '"', '\u{10ffff}', '(', 'x'.repeat(200)]) expect(await names(odd)).toEqual([]);
  const walked: string[] = [];
  for (let after: string | undefined, going = true; going; ) {
    const [{ items, next }] = await ada.load(peopleFound({ limit: 3, after }, { q: 'zed' }));
    walked.push(...items.map(({ name }) => name));
    going = next !== null;
    after = next ?? undefined;
  }
  expect(walked).toEqual(more.slice(3));
  expect((await as('alice').load(peopleFound({ limit: 5 }, {})))[0].items).toEqual([]);
  expect((await ada.load(peopleFound({ limit: 50 }, { role: 'admin' })))[0].items.map(({ name }) => name)).toEqual(['ada']);
});
