import { expect, test } from 'vitest';
import { changePassword } from '../../worker/people/change-password.ts';
import { endOneSession } from '../../worker/people/end-session.ts';
import { endOtherSessions } from '../../worker/people/end-other-sessions.ts';
import { mySessions } from '../../worker/people/queries.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { from, PASSWORD, secretOf, withPassword } from '../proofs/support.ts';

test('people see their sessions, with device and place, and which is this one; never what opens them', async () => {
  const { me, enter, session, as } = await withPassword();
  const other = secretOf((await enter()).cookie);
  const [list] = await me().load(mySessions(session));
  expect(list.map(({ isThis, device, place }) => [isThis, device, place])).toEqual([[true, 'Firefox · Linux', 'GR'], [false, 'Firefox · Linux', 'GR']]);
  expect(JSON.stringify(list)).not.toContain(other);
  expect(list.every(({ handle }) => handle.length === 24)).toBe(true);
  expect((await as('bob').load(mySessions(session)))[0]).toEqual([]);
});

test('one is ended, or all others; somebody else’s is not there', async () => {
  const { me, as, enter, session, opens, db } = await withPassword();
  const secrets = [secretOf((await enter()).cookie), secretOf((await enter()).cookie), secretOf((await enter()).cookie)];
  const [list] = await me().load(mySessions(secrets[0]!));
  const { handle } = list.find(({ isThis }) => isThis)!;
  await expect(as('bob').run(endOneSession, { handle })).rejects.toMatchObject({ reason: 'not_found' });
  await me().run(endOneSession, { handle });
  expect((await opens(secrets[0]!)).id).toBeNull();
  await me().run(endOtherSessions, { session });
  expect(await Promise.all([session, ...secrets].map(async (secret) => (await opens(secret)).id))).toEqual(['usr_alice', null, null, null]);
  expect((await db.select().from(outbox)).filter(({ type }) => type === 'session.ended')).toHaveLength(2);
});

test('a new password for the old one ends every other session and gives this one a new secret', async () => {
  const { me, enter, session, opens, as } = await withPassword();
  const other = secretOf((await enter()).cookie);
  const change = (given: object) => me().run(changePassword, { ...from, old: PASSWORD, password: 'another long one', again: 'another long one', session, ...given });
  expect((await change({ old: 'wrong' })).cookie).toBeNull();
  await expect(change({ again: 'not the same' })).rejects.toMatchObject({ issues: { again: expect.any(String) } });
  await expect(change({ password: 'short', again: 'short' })).rejects.toMatchObject({ issues: { password: expect.any(String) } });
  const { cookie } = await change({});
  expect(await Promise.all([secretOf(cookie), session, other].map(async (secret) => (await opens(secret)).id))).toEqual(['usr_alice', null, null]);
  expect((await enter()).cookie).toBeNull();
  await expect(as('visitor').run(changePassword, { ...from, password: 'another long one', again: 'another long one', session })).rejects.toMatchObject({ reason: 'signed_out' });
});

test('five wrong old passwords, and the next has to wait', async () => {
  const { me, session } = await withPassword();
  const change = (old: string) => me().run(changePassword, { ...from, old, password: 'another long one', again: 'another long one', session });
  for (let i = 0; i < 5; i++) await change('wrong');
  await expect(change(PASSWORD)).rejects.toMatchObject({ reason: 'too_many' });
});
