import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { acceptInvitation } from '../../worker/invitations/accept.ts';
import { rowsOf } from '../../worker/invitations/csv.ts';
import { inviteMany } from '../../worker/invitations/invite-many.ts';
import { invite } from '../../worker/invitations/invite.ts';
import { joinByInvitation } from '../../worker/invitations/join.ts';
import { askedBy, judged } from '../../worker/invitations/judge.ts';
import { invitationBehind, invitationsPage, manyWanted } from '../../worker/invitations/queries.ts';
import { resendInvitation } from '../../worker/invitations/resend.ts';
import { revokeInvitation } from '../../worker/invitations/revoke.ts';
import { invitations } from '../../worker/invitations/schema.ts';
import { mails } from '../../worker/mail/schema.ts';
import { accountContacts } from '../../worker/members/schema.ts';
import { sessions, users } from '../../worker/people/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { oneTimeSecrets } from '../../worker/signin/schema.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

const url = 'http://stoa.test';
const words = { name: 'Dan Lee', password: 'seven long summers', again: 'seven long summers', https: false };
const world = () => stoa(new Date());
const fresh = (it: Stoa) => it.as('ada', { provedAt: it.now.getTime() });
const personOf = async ({ db }: Stoa, email: string) => (await db.select().from(users).where(eq(users.email, email)))[0];

/** What the newest letter to somebody carries. */
async function keyTo({ db }: Stoa, email: string): Promise<string> {
  const letters = await db.select().from(mails).where(eq(mails.toAddress, email)).orderBy(mails.id);
  return /\/invitation\?key=([\w-]+)/.exec(letters.at(-1)!.text)![1]!;
}

test('an account admin invites a colleague, who chooses a name and a password and is in', async () => {
  const it = await world();
  const { as, db } = it;
  await as('carol').run(invite, { email: ' Dan@Acme.example', account: 'acc_acme', accountRole: 'admin', locale: 'el', url });
  const [letter] = await db.select().from(mails);
  expect(letter).toMatchObject({ toAddress: 'dan@acme.example', locale: 'el', purpose: 'invitation' });
  expect(letter!.text).toContain('Acme');
  expect(letter!.text).not.toContain('carol');
  const key = await keyTo(it, 'dan@acme.example');
  expect(JSON.stringify([await db.select().from(oneTimeSecrets), await db.select().from(outbox), await db.select().from(invitations)])).not.toContain(key);
  expect((await as('visitor').load(invitationBehind(key)))[0]).toMatchObject({ email: 'dan@acme.example', accountName: 'Acme', person: null });
  const { cookie, role } = await as('visitor').run(acceptInvitation, { key, ...words });
  expect([cookie.includes('HttpOnly'), role]).toEqual([true, 'customer']);
  const dan = await personOf(it, 'dan@acme.example');
  expect(dan).toMatchObject({ name: 'Dan Lee', role: 'customer', accountId: 'acc_acme', accountRole: 'admin', locale: 'el' });
  expect(dan!.verifiedAt).not.toBeNull();
  expect(await db.select().from(sessions)).toMatchObject([{ userId: dan!.id, halfway: false, proofs: ['password'] }]);
  await expect(as('visitor').run(acceptInvitation, { key, ...words })).rejects.toMatchObject({ reason: 'not_found' });
  expect((await db.select().from(outbox).orderBy(outbox.id)).map(({ type }) => type)).toEqual(['invitation.sent', 'secret.used', 'invitation.accepted', 'person.accepted_invitation']);
});

test('two who open one link at once are one person', async () => {
  const it = await world();
  await it.as('carol').run(invite, { email: 'dan@acme.example', account: 'acc_acme', url });
  const key = await keyTo(it, 'dan@acme.example');
  const both = await Promise.allSettled([1, 2].map(() => it.as('visitor').run(acceptInvitation, { key, ...words })));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await it.db.select().from(sessions)).toHaveLength(1);
});

test('nobody invites to more than they hold, or into an account that they do not keep', async () => {
  const it = await world();
  const { as, now } = it;
  const to = { email: 'dan@acme.example', url };
  await expect(as('carol').run(invite, { ...to, account: 'acc_olive' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('carol').run(invite, { ...to })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('alice').run(invite, { ...to, account: 'acc_acme' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(invite, { ...to })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('carol').run(invite, { ...to, account: 'acc_acme', role: 'agent' })).rejects.toMatchObject({ issues: { role: 'You cannot give what you do not hold.' } });
  await expect(as('cleo').run(invite, { ...to, role: 'csm' })).rejects.toMatchObject({ issues: { role: expect.any(String) } });
  const keeper = as('cleo', { permissions: ['people.manage', 'people.see'], provedAt: now.getTime() });
  await expect(keeper.run(invite, { ...to, role: 'moderator' })).rejects.toMatchObject({ issues: { role: expect.any(String) } });
  await expect(as('ada').run(invite, { ...to, role: 'agent' })).rejects.toMatchObject({ reason: 'stale' });
  await fresh(it).run(invite, { ...to, role: 'agent' });
  expect((await it.db.select().from(mails)).length).toBe(1);
});

test('an invitation falls with the rights of who sent it, with its time, and with its revocation', async () => {
  const it = await world();
  const { as, db } = it;
  const accepting = async (email: string) => as('visitor').run(acceptInvitation, { key: await keyTo(it, email), ...words });
  await fresh(it).run(invite, { email: 'staff@acme.example', role: 'agent', url });
  await db.update(users).set({ role: 'csm' }).where(eq(users.id, 'usr_ada'));
  await expect(accepting('staff@acme.example')).rejects.toMatchObject({ reason: 'not_found' });
  for (const [i, change] of [{ accountRole: 'member' as const }, { accountId: null }, { suspendedAt: new Date() }].entries()) {
    await as('carol').run(invite, { email: `dan${i}@acme.example`, account: 'acc_acme', url });
    await db.update(users).set(change).where(eq(users.id, 'usr_carol'));
    await expect(accepting(`dan${i}@acme.example`)).rejects.toMatchObject({ reason: 'not_found' });
    await db.update(users).set({ accountRole: 'admin', accountId: 'acc_acme', suspendedAt: null }).where(eq(users.id, 'usr_carol'));
  }
  await db.update(oneTimeSecrets).set({ expiresAt: new Date(Date.now() - 1) }).where(eq(oneTimeSecrets.address, 'dan0@acme.example'));
  await expect(accepting('dan0@acme.example')).rejects.toMatchObject({ reason: 'not_found' });
  const { id } = (await as('carol').load(invitationsPage({ limit: 9 }, 'acc_acme')))[0].items.find(({ email }) => email === 'dan1@acme.example')!;
  await expect(as('bob').run(revokeInvitation, { id })).rejects.toMatchObject({ reason: 'not_found' });
  await as('carol').run(revokeInvitation, { id });
  await expect(accepting('dan1@acme.example')).rejects.toMatchObject({ reason: 'not_found' });
  for (const key of ['', 'x', null, 'null', 'undefined']) await expect(as('visitor').run(acceptInvitation, { key, ...words })).rejects.toMatchObject({ reason: expect.stringMatching(/not_found|invalid/) });
});

test('an address gets one invitation a day; sent again by hand, the link before it is worthless', async () => {
  const it = await world();
  const { as } = it;
  const { id } = await as('carol').run(invite, { email: 'dan@acme.example', account: 'acc_acme', url });
  await expect(as('carol').run(invite, { email: 'dan@acme.example', account: 'acc_acme', url })).rejects.toMatchObject({ issues: { email: expect.stringContaining('within the last day') } });
  const before = await keyTo(it, 'dan@acme.example');
  for (let i = 0; i < 3; i++) await as('carol').run(resendInvitation, { id, url });
  await expect(as('carol').run(resendInvitation, { id, url })).rejects.toMatchObject({ reason: 'too_many' });
  await expect(as('visitor').run(acceptInvitation, { key: before, ...words })).rejects.toMatchObject({ reason: 'not_found' });
  await as('visitor').run(acceptInvitation, { key: await keyTo(it, 'dan@acme.example'), ...words });
  await expect(as('carol').run(resendInvitation, { id, url })).rejects.toMatchObject({ reason: 'conflict' });
});

test('somebody staged keeps their history; somebody here joins without a password, with a second factor to show, and keeps role and account', async () => {
  const it = await world();
  const { as, db, now } = it;
  await as('carol').run(invite, { email: 'bob@example.org', account: 'acc_acme', url });
  await as('visitor').run(acceptInvitation, { key: await keyTo(it, 'bob@example.org'), ...words });
  expect(await personOf(it, 'bob@example.org')).toMatchObject({ id: 'usr_bob', accountId: 'acc_olive' });
  expect(await db.select().from(accountContacts)).toMatchObject([{ userId: 'usr_bob', accountId: 'acc_acme', accountRole: 'member' }]);
  await db.update(users).set({ verifiedAt: now, secondFactorAt: now, passwordHash: 'kept' }).where(eq(users.id, 'usr_agnes'));
  await as('carol').run(invite, { email: 'agnes@example.org', account: 'acc_acme', url });
  const key = await keyTo(it, 'agnes@example.org');
  await expect(as('visitor').run(acceptInvitation, { key, ...words })).rejects.toMatchObject({ reason: 'conflict' });
  expect(await as('visitor').run(joinByInvitation, { key, https: false })).toMatchObject({ halfway: true, role: 'agent' });
  expect(await personOf(it, 'agnes@example.org')).toMatchObject({ role: 'agent', passwordHash: 'kept', accountId: 'acc_acme' });
});

test('bad input names its field', async () => {
  const it = await world();
  const wrong = { email: 'nobody', role: 'king', account: 'Nowhere', locale: 'fr', accountRole: 'owner' };
  for (const [field, value] of Object.entries(wrong)) await expect(fresh(it).run(invite, { email: 'a@b.example', url, [field]: value })).rejects.toMatchObject({ issues: { [field]: expect.any(String) } });
  await it.as('carol').run(invite, { email: 'dan@acme.example', account: 'acc_acme', url });
  const key = await keyTo(it, 'dan@acme.example');
  for (const [field, value] of Object.entries({ name: ' ', password: 'short', again: 'another' })) await expect(it.as('visitor').run(acceptInvitation, { key, ...words, [field]: value })).rejects.toMatchObject({ issues: { [field]: expect.any(String) } });
});

const LIST = 'Email;Name;Account;Role\ndan@acme.example;"Lee; ""Dan""";ACME;\n\nnobody;x;;\ndan@acme.example;;;\nbob@olive.example;Bob;Nowhere;\neva@olive.example;Eva;Olive;king\nann@olive.example;Ann;Olive;agent';

test('a list is judged line by line before anybody is invited', async () => {
  const it = await world();
  const { as, db } = it;
  const cleo = as('cleo');
  const [known] = await cleo.load(manyWanted(askedBy(LIST)));
  expect(judged(cleo.viewer, LIST, known, 'en').map(({ line, problem }) => [line.number, problem])).toEqual([
    [2, undefined], [4, 'Enter an e-mail address like name@example.com.'], [5, 'This address is in a line above.'], [6, 'There is no account of this name.'], [7, 'There is no role of this name.'], [8, 'You cannot give what you do not hold.'],
  ]);
  expect(await cleo.run(inviteMany, { csv: LIST, url })).toEqual({ invited: 1, skipped: 5 });
  expect(await db.select().from(invitations)).toMatchObject([{ email: 'dan@acme.example', name: 'Lee; "Dan"', accountId: 'acc_acme', role: 'customer' }]);
  await expect(cleo.run(inviteMany, { csv: LIST, url })).rejects.toMatchObject({ issues: { csv: expect.any(String) } });
  await expect(as('carol').run(inviteMany, { csv: LIST, url })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('ada').run(inviteMany, { csv: 'x@y.example,,agent', url })).rejects.toMatchObject({ reason: 'stale' });
  expect(await fresh(it).run(inviteMany, { csv: Array.from({ length: 201 }, (_, i) => `p${i}@many.example`).join('\n'), url })).toEqual({ invited: 200, skipped: 1 });
});

test('CSV is read as it is written: quotes, separators, line ends, a mark of order', () => {
  expect(rowsOf('\uFEFFa,"b ""c"", d"\r\n" x\ny ",\t z')).toEqual([['a', 'b "c", d'], ['x\ny', 'z']]);
  expect(rowsOf('a;b\n"unfinished')).toEqual([['a', 'b'], ['unfinished']]);
});
