import { expect, test } from 'vitest';
import { sessions } from '../../worker/people/schema.ts';
import { notEntered } from '../../worker/people/sessions.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { enterByBoth } from '../../worker/proofs/enter-by-both.ts';
import { recoveryCodes } from '../../worker/proofs/schema.ts';
import { proveSecond } from '../../worker/proofs/second.ts';
import { suspendPerson } from '../../worker/sanctions/suspend.ts';
import { from, PASSWORD, secretOf, withAuthenticator } from './support.ts';

test('with a second factor the password opens half a session, the code a whole one with a new secret', async () => {
  const { enter, as, opens, code, sessionOf } = await withAuthenticator();
  const half = await enter();
  const before = secretOf(half.cookie);
  expect([half.halfway, (await opens(before)).id]).toEqual([true, null]);
  const { cookie } = await as('visitor').run(proveSecond, { ...from, session: before, code: code() });
  const after = secretOf(cookie);
  expect(after).not.toBe(before);
  expect([(await opens(after)).id, (await opens(before)).id, await sessionOf(before)]).toEqual(['usr_alice', null, undefined]);
  expect((await sessionOf(after))!.proofs).toEqual(['password', 'totp']);
});

test('a code counts a step before and after its time, and each only once', async () => {
  const { enter, as, code } = await withAuthenticator();
  const prove = async (given: string) => (await as('visitor').run(proveSecond, { ...from, session: secretOf((await enter()).cookie), code: given })).cookie;
  expect(await prove(code(-2))).toBeNull();
  expect(await prove(code(2))).toBeNull();
  expect(await prove(code(-1)), 'used to set the app up').toBeNull();
  expect(await prove(code(0))).not.toBeNull();
  expect(await prove(code(0)), 'again').toBeNull();
  expect(await prove(code(1))).not.toBeNull();
  expect(await prove(code(0)), 'one of before').toBeNull();
});

test('of two who send one code at once, one comes in', async () => {
  const { enter, as, code, db } = await withAuthenticator();
  const halves = [secretOf((await enter()).cookie), secretOf((await enter()).cookie)];
  const came = await Promise.allSettled(halves.map((session) => as('visitor').run(proveSecond, { ...from, session, code: code() })));
  // Whichever is later is refused, or, where the other was there already, finds that the code was used.
  expect(came.filter((one) => one.status === 'fulfilled' && one.value.cookie !== null)).toHaveLength(1);
  expect((await db.select().from(sessions)).filter(({ proofs }) => proofs.includes('password') && proofs.includes('totp'))).toHaveLength(1);
});

test('each recovery code opens once, however it is typed', async () => {
  const { enter, as, codes, opens } = await withAuthenticator();
  expect(new Set(codes).size).toBe(10);
  const prove = async (given: string) => (await as('visitor').run(proveSecond, { ...from, session: secretOf((await enter()).cookie), code: given })).cookie;
  const cookie = await prove(codes[0]!.replaceAll('-', ' ').toUpperCase());
  expect((await opens(secretOf(cookie))).id).toBe('usr_alice');
  expect(await prove(codes[0]!)).toBeNull();
  expect(await prove('abcd-efgh-jkmn-pqrs')).toBeNull();
  expect(await prove(codes[1]!)).not.toBeNull();
});

test('five wrong codes and one starts over; ten and one waits, however many sessions one opens', async () => {
  const { enter, as, code } = await withAuthenticator();
  const prove = (session: string, given: string) => as('visitor').run(proveSecond, { ...from, session, code: given });
  for (let round = 0; round < 2; round++) {
    const session = secretOf((await enter()).cookie);
    for (let i = 0; i < 5; i++) expect((await prove(session, '000000')).cookie).toBeNull();
    await expect(prove(session, code())).rejects.toMatchObject({ reason: 'too_many' });
  }
  await expect(prove(secretOf((await enter()).cookie), code())).rejects.toMatchObject({ reason: 'too_many' });
});

test('of a hundred codes at once no more than five are told', async () => {
  const { enter, as } = await withAuthenticator();
  const session = secretOf((await enter()).cookie);
  const tries = await Promise.allSettled(Array.from({ length: 100 }, (_, i) => as('visitor').run(proveSecond, { ...from, session, code: String(i).padStart(6, '0') })));
  expect(tries.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(5);
});

test('who is suspended is told why by password and code together, with nothing spent; by a wrong code nothing is told', async () => {
  const { as, code, codes, db } = await withAuthenticator();
  await as('ada').run(suspendPerson, { person: 'alice', code: 'spam', words: 'Stop.', days: '7' });
  const both = (typed: string) => as('visitor').run(enterByBoth, { ...from, url: 'https://help.example', email: 'alice@example.org', password: PASSWORD, code: typed });
  expect(await both('000000')).toEqual(notEntered);
  for (const typed of [code(), codes[0]!, codes[0]!]) expect(await both(typed)).toMatchObject({ cookie: null, shut: { code: 'spam', words: 'Stop.' } });
  expect([await db.select().from(sessions), (await db.select().from(recoveryCodes)).length]).toEqual([[], 10]);
});

test('a whole session, one that has ended and none are no halfway session', async () => {
  const { as, code, session } = await withAuthenticator();
  for (const secret of [session, 'ended', '']) await expect(as('visitor').run(proveSecond, { ...from, session: secret, code: code() })).rejects.toMatchObject({ reason: 'signed_out' });
});

test('the log names the person, and neither code nor secret', async () => {
  const { enter, as, code, db, seal, codes } = await withAuthenticator();
  const given = code();
  await as('visitor').run(proveSecond, { ...from, session: secretOf((await enter()).cookie), code: '000000' });
  await as('visitor').run(proveSecond, { ...from, session: secretOf((await enter()).cookie), code: given });
  const log = await db.select().from(outbox);
  expect(log.map(({ type }) => type)).toEqual(expect.arrayContaining(['person.second_factor_added', 'person.sign_in_failed', 'code.used', 'person.signed_in']));
  const said = JSON.stringify(log.map(({ data }) => data));
  for (const secret of [seal, given, ...codes]) expect(said).not.toContain(secret);
});
