import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { users } from '../../worker/people/schema.ts';
import { addAuthenticator } from '../../worker/proofs/add-authenticator.ts';
import { myStanding } from '../../worker/proofs/queries.ts';
import { removeAuthenticator } from '../../worker/proofs/remove-authenticator.ts';
import { renewRecoveryCodes } from '../../worker/proofs/renew-recovery-codes.ts';
import { requireOfStaff } from '../../worker/proofs/require.ts';
import { authenticators, recoveryCodes } from '../../worker/proofs/schema.ts';
import { proveSecond } from '../../worker/proofs/second.ts';
import { newAuthenticator, shownTo } from '../../worker/proofs/totp.ts';
import { SECRET } from '../support/stoa.ts';
import { codeAt, from, secretOf, withAuthenticator, withPassword } from './support.ts';

test('an authenticator is kept sealed, and the session gets a new secret', async () => {
  const { db, seal, first, session, opens } = await withAuthenticator();
  const [kept] = await db.select().from(authenticators);
  expect(kept!.secret).toBe(seal);
  const { text } = shownTo(SECRET, { id: 'usr_alice', email: 'alice@example.org' }, seal)!;
  expect(text.replaceAll(' ', '')).toMatch(/^[A-Z2-7]{32}$/);
  expect(JSON.stringify(kept)).not.toContain(text.replaceAll(' ', ''));
  expect(shownTo(SECRET, { id: 'usr_bob', email: 'bob@example.org' }, seal), 'for nobody else').toBeUndefined();
  expect([(await opens(first)).id, (await opens(session)).id]).toEqual([null, 'usr_alice']);
});

test('a wrong code, or a secret that was made for somebody else, is refused at its field', async () => {
  const { me, now, id, session } = await withPassword();
  const [mine, bobs] = [newAuthenticator(SECRET, id), newAuthenticator(SECRET, 'usr_bob')];
  const add = (seal: string, code: string) => me().run(addAuthenticator, { ...from, seal, code, session });
  for (const [seal, code] of [[mine, '000000'], [bobs, codeAt(bobs, 'usr_bob', now)], ['nonsense', '123456']] as const) await expect(add(seal, code)).rejects.toMatchObject({ reason: 'invalid', issues: { code: expect.any(String) } });
});

test('a second authenticator is refused, also when two are added at once', async () => {
  const { me, now, id, session } = await withPassword();
  const add = (seal: string) => me().run(addAuthenticator, { ...from, seal, session, code: codeAt(seal, id, now) });
  const added = await Promise.allSettled([add(newAuthenticator(SECRET, id)), add(newAuthenticator(SECRET, id))]);
  expect(added.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(add(newAuthenticator(SECRET, id))).rejects.toMatchObject({ reason: 'conflict' });
});

test('what guards an account asks for a fresh proof, and a visitor to sign in', async () => {
  const { as, now } = await withAuthenticator();
  const long = { provedAt: now.getTime() - 16 * 60_000 };
  for (const [verb, input] of [[removeAuthenticator, {}], [renewRecoveryCodes, {}], [addAuthenticator, { ...from, seal: 'x', code: '123456', session: '' }]] as const) {
    await expect(as('alice', long).run(verb as typeof removeAuthenticator, input)).rejects.toMatchObject({ reason: 'stale' });
    await expect(as('visitor').run(verb as typeof removeAuthenticator, input)).rejects.toMatchObject({ reason: 'signed_out' });
  }
});

test('new recovery codes end the old ones; the last factor takes them along', async () => {
  const { me, as, enter, codes, db, id } = await withAuthenticator();
  const renewed = await me().run(renewRecoveryCodes, {});
  const prove = async (code: string) => (await as('visitor').run(proveSecond, { ...from, session: secretOf((await enter()).cookie), code })).cookie;
  expect(await prove(codes[0]!)).toBeNull();
  expect(await prove(renewed.codes[0]!)).not.toBeNull();
  await me().run(removeAuthenticator, {});
  expect(await db.select().from(recoveryCodes)).toEqual([]);
  expect((await db.select().from(users).where(eq(users.id, id)))[0]!.secondFactorAt).toBeNull();
  expect((await enter()).halfway).toBe(false);
  await expect(me().run(renewRecoveryCodes, {})).rejects.toMatchObject({ reason: 'conflict' });
});

test('nobody sees what others prove themselves by', async () => {
  const { as } = await withAuthenticator();
  expect((await as('alice').load(myStanding()))[0]).toMatchObject({ id: 'usr_alice', recoveryLeft: 10 });
  expect((await as('bob').load(myStanding()))[0]).toMatchObject({ id: 'usr_bob', authenticatorAt: null, recoveryLeft: 0 });
  expect((await as('visitor').load(myStanding()))[0]).toBeUndefined();
});

test('staff without the second factor they need are customers until they have one; who has one works on', async () => {
  const { me, opens, session, db, id } = await withAuthenticator('ada');
  await me().run(requireOfStaff, { required: 'on' });
  expect(await opens(session)).toMatchObject({ role: 'admin', unprotected: false });
  await me().run(removeAuthenticator, {});
  expect(await opens(session)).toMatchObject({ id, role: 'customer', permissions: [], unprotected: true });
  await db.update(users).set({ role: 'customer' }).where(eq(users.id, id));
  expect(await opens(session)).toMatchObject({ role: 'customer', unprotected: false });
});

test('who has no second factor asks none of others; who is no admin asks nothing', async () => {
  const { me, as, now } = await withPassword('ada');
  await expect(me().run(requireOfStaff, { required: 'on' })).rejects.toMatchObject({ reason: 'conflict' });
  expect(await me().run(requireOfStaff, {})).toEqual({ required: false });
  await expect(as('ada').run(requireOfStaff, {})).rejects.toMatchObject({ reason: 'stale' });
  await expect(as('agnes', { provedAt: now.getTime() }).run(requireOfStaff, {})).rejects.toMatchObject({ reason: 'forbidden' });
});
