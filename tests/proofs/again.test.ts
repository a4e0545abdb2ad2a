import { expect, test } from 'vitest';
import { attempts } from '../../worker/platform/schema.ts';
import { keyOf } from '../../worker/platform/limits.ts';
import { proveAgain } from '../../worker/proofs/again.ts';
import { enterByBoth } from '../../worker/proofs/enter-by-both.ts';
import { signIn } from '../../worker/people/sign-in.ts';
import { from, PASSWORD, secretOf, withAuthenticator, withPassword } from './support.ts';

test('password, code or recovery code prove it again; each time the session gets a new secret', async () => {
  const { me, opens, codes, code, session: start } = await withAuthenticator();
  let session = start;
  for (const proof of [{ password: PASSWORD }, { code: code() }, { code: codes[3]! }]) {
    const { cookie } = await me().run(proveAgain, { ...from, session, ...proof });
    expect([(await opens(secretOf(cookie))).id, (await opens(session)).id]).toEqual(['usr_alice', null]);
    session = secretOf(cookie);
  }
});

test('a session that never showed the second factor is asked for it', async () => {
  const { me, enter, as } = await withPassword();
  const { session } = { session: secretOf((await enter()).cookie) };
  expect((await me().run(proveAgain, { ...from, session, password: PASSWORD })).halfway).toBe(false);
  await expect(as('bob').run(proveAgain, { ...from, session, password: PASSWORD })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('visitor').run(proveAgain, { ...from, session, password: PASSWORD })).rejects.toMatchObject({ reason: 'signed_out' });
});

test('five wrong tries, and the next has to wait', async () => {
  const { me, session } = await withAuthenticator();
  for (const proof of [{ password: 'wrong' }, { code: '000000' }, { code: 'abcd' }, {}, { password: 'x' }]) expect((await me().run(proveAgain, { ...from, session, ...proof })).cookie).toBeNull();
  await expect(me().run(proveAgain, { ...from, session, password: PASSWORD })).rejects.toMatchObject({ reason: 'too_many' });
});

test('while wrong passwords keep the owner waiting, password and code together let them pass', async () => {
  const { as, db, code, opens, now } = await withAuthenticator();
  await db.insert(attempts).values(Array.from({ length: 8 }, () => ({ key: keyOf('sign-in', 'alice@example.org here'), at: now })));
  const credentials = { ...from, email: 'alice@example.org', password: PASSWORD };
  await expect(as('visitor').run(signIn, credentials)).rejects.toMatchObject({ reason: 'too_many' });
  const both = (given: object) => as('visitor').run(enterByBoth, { ...credentials, ...given });
  expect((await both({ code: '000000' })).cookie).toBeNull();
  expect((await both({ code: code(), password: 'wrong' })).cookie).toBeNull();
  const { cookie, halfway } = await both({ code: code() });
  expect([halfway, (await opens(secretOf(cookie))).id]).toEqual([false, 'usr_alice']);
  for (let i = 0; i < 3; i++) await both({ code: '000000' });
  await expect(both({ code: code(1) })).rejects.toMatchObject({ reason: 'too_many' });
});
