import { createHook } from 'node:async_hooks';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hashPassword } from '../../worker/people/password.ts';
import { sessions, users } from '../../worker/people/schema.ts';
import { proofOf } from '../../worker/people/sessions.ts';
import { signIn } from '../../worker/people/sign-in.ts';
import { signOut } from '../../worker/people/sign-out.ts';
import type { Refusal } from '../../worker/platform/refusal.ts';
import { attempts, outbox } from '../../worker/platform/schema.ts';
import { hashOf } from '../../worker/platform/signature.ts';
import { answersTo } from '../../worker/platform/query.ts';
import { cheapHash } from '../support/password.ts';
import { stoa } from '../support/stoa.ts';

const credentials = { email: 'Alice@Example.org ', password: 'correct horse battery', https: false, network: 'here' };

async function aliceWithPassword(hash: string = cheapHash('correct horse battery')) {
  const world = await stoa(new Date());
  await world.db.update(users).set({ passwordHash: hash, verifiedAt: world.now }).where(eq(users.id, 'usr_alice'));
  return world;
}

const secretOf = (cookie: string) => /^stoa_session=([^;]+)/.exec(cookie)![1]!;

test('the right password opens a session, of which only a hash is kept', async () => {
  const { as, db } = await aliceWithPassword();
  const { cookie } = await as('visitor').run(signIn, credentials);
  const secret = secretOf(cookie!);
  expect(cookie).toContain('HttpOnly');
  const [session] = await db.select().from(sessions);
  expect(session!.id).toBe(hashOf(secret));
  const { proof } = proofOf(db, secret, false, 'UTC');
  expect((await proof.confirm((await answersTo(db, [proof.asking(db)]))[0]!)).id).toBe('usr_alice');
  const replayed = proofOf(db, session!.id, false, 'UTC').proof;
  expect((await replayed.confirm((await answersTo(db, [replayed.asking(db)]))[0]!)).id).toBeNull();
});

test('signing out ends the session at once', async () => {
  const { as, db } = await aliceWithPassword();
  const secret = secretOf((await as('visitor').run(signIn, credentials)).cookie!);
  await as('alice').run(signOut, { session: secret });
  const { proof } = proofOf(db, secret, false, 'UTC');
  expect((await proof.confirm((await answersTo(db, [proof.asking(db)]))[0]!)).id).toBeNull();
});

test('five wrong passwords, and the next has to wait', async () => {
  const { as } = await aliceWithPassword();
  for (let i = 0; i < 5; i++) expect((await as('visitor').run(signIn, { ...credentials, password: 'wrong' })).cookie).toBeNull();
  await expect(as('visitor').run(signIn, credentials)).rejects.toMatchObject({ reason: 'too_many' });
});

test('each wait is longer: one minute, two, four; and ten minutes later all is forgotten', async () => {
  const { as, db } = await aliceWithPassword();
  const pair = hashOf('sign-in alice@example.org here');
  const ago = async (minutes: number[]) => {
    await db.delete(attempts);
    await db.insert(attempts).values(minutes.map((m) => ({ key: pair, at: new Date(Date.now() - m * 60_000) })));
  };
  const waits = async () => (await as('visitor').run(signIn, credentials).then(() => undefined, (error: Refusal) => error))?.retryAfter;
  await ago([5, 5, 5, 5, 0]);
  expect(await waits()).toBeGreaterThan(50);
  await ago([5, 5, 5, 5, 1.1]);
  expect(await waits()).toBeUndefined();
  await ago([5, 5, 5, 5, 4, 1.1]);
  expect(await waits()).toBeGreaterThan(40);
  await ago([9, 9, 9, 9, 9, 9, 1.1]);
  expect(await waits()).toBeGreaterThan(150);
  await ago([11, 11, 11, 11, 11, 11, 11]);
  expect(await waits()).toBeUndefined();
});

test('twenty wrong passwords from one network, and it has to wait; where networks are not told apart, nobody has to', async () => {
  const { as, db } = await aliceWithPassword();
  for (const network of ['here', 'unknown']) await db.insert(attempts).values(Array.from({ length: 20 }, () => ({ key: hashOf(`network ${network}`), at: new Date() })));
  await expect(as('visitor').run(signIn, credentials)).rejects.toMatchObject({ reason: 'too_many' });
  expect((await as('visitor').run(signIn, { ...credentials, network: 'unknown' })).cookie).not.toBeNull();
});

test('of fifty guesses at once no more are told than of fifty one after another', async () => {
  const { as, db } = await aliceWithPassword();
  const guesses = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => as('visitor').run(signIn, { ...credentials, password: i === 40 ? 'correct horse battery' : `guess ${i}` })));
  const told = guesses.filter((guess) => guess.status === 'fulfilled');
  const refused = guesses.flatMap((guess) => (guess.status === 'rejected' ? [(guess.reason as Refusal).reason] : []));
  expect(told.filter(({ value }) => value.cookie === null)).toHaveLength(5);
  expect(new Set(refused)).toEqual(new Set(['too_many']));
  expect(await db.select().from(attempts).where(eq(attempts.key, hashOf('sign-in alice@example.org here')))).toHaveLength(5);
  expect(await db.select().from(sessions)).toHaveLength(told.length - 5);
});

test('a stranger’s tries keep their own network waiting, and nobody in the browser they always use', async () => {
  const { as, db } = await aliceWithPassword();
  const stranger = { ...credentials, network: 'there' };
  for (let i = 0; i < 5; i++) await as('visitor').run(signIn, { ...stranger, password: 'wrong' });
  await expect(as('visitor').run(signIn, stranger)).rejects.toMatchObject({ reason: 'too_many' });
  expect((await as('visitor').run(signIn, credentials)).cookie).not.toBeNull();

  const fromEverywhere = ['sign-in alice@example.org here', 'network here', 'address alice@example.org'].flatMap((what) => Array.from({ length: 105 }, () => ({ key: hashOf(what), at: new Date() })));
  await db.insert(attempts).values(fromEverywhere);
  await expect(as('visitor').run(signIn, credentials)).rejects.toMatchObject({ reason: 'too_many' });
  const usual = { ...credentials, familiar: { id: 'laptop', people: ['usr_alice'] } };
  expect((await as('visitor').run(signIn, usual)).cookie).not.toBeNull();
  for (let i = 0; i < 5; i++) await as('visitor').run(signIn, { ...usual, password: 'wrong' });
  await expect(as('visitor').run(signIn, usual)).rejects.toMatchObject({ reason: 'too_many' });
  await expect(as('visitor').run(signIn, { ...credentials, familiar: { id: 'other', people: ['usr_bob'] } })).rejects.toMatchObject({ reason: 'too_many' });
});

test('the log tells of each try, but no address that nobody has', async () => {
  const { as, db } = await aliceWithPassword();
  await as('visitor').run(signIn, { ...credentials, device: 'Firefox · Linux', place: 'GR' });
  await as('visitor').run(signIn, { ...credentials, password: 'wrong' });
  await as('visitor').run(signIn, { ...credentials, email: 'secret.person@example.net' });
  const log = await db.select().from(outbox);
  expect(log.map(({ type, subject }) => [type, subject])).toEqual([['person.signed_in', 'usr_alice'], ['person.sign_in_failed', 'usr_alice'], ['person.sign_in_failed', 'nobody']]);
  expect(log[0]!.data).toMatchObject({ device: 'Firefox · Linux', place: 'GR' });
  expect(JSON.stringify(log)).not.toContain('secret.person');
});

test.each([['was never verified', { verifiedAt: null }], ['is suspended', { suspendedAt: new Date() }], ['was made anonymous', { anonymisedAt: new Date() }]])('the right password of somebody who %s opens nothing', async (_, state) => {
  const { as, db } = await aliceWithPassword();
  await db.update(users).set(state).where(eq(users.id, 'usr_alice'));
  expect((await as('visitor').run(signIn, credentials)).cookie).toBeNull();
});

test('one scrypt a try, whether or not anybody has the address', async () => {
  const { as } = await aliceWithPassword(await hashPassword('correct horse battery'));
  let times = 0;
  const counter = createHook({ init: (_, type) => void (times += type === 'SCRYPTREQUEST' ? 1 : 0) }).enable();
  onTestFinished(() => void counter.disable());
  for (const email of ['alice@example.org', 'nobody@example.org']) {
    for (const password of ['correct horse battery', 'wrong']) await as('visitor').run(signIn, { ...credentials, email, password });
  }
  expect(times).toBe(4);
});

describe('how long a session lives', () => {
  const day = 24 * 3_600_000;
  const lives = async (role: 'customer' | 'agent', began: number, seen: number) => {
    const { as, db } = await aliceWithPassword();
    const secret = secretOf((await as('visitor').run(signIn, credentials)).cookie!);
    await db.update(users).set({ role }).where(eq(users.id, 'usr_alice'));
    await db.update(sessions).set({ createdAt: new Date(Date.now() - began), seenAt: new Date(Date.now() - seen) });
    const { proof, upkeep } = proofOf(db, secret, false, 'UTC');
    const viewer = await proof.confirm((await answersTo(db, [proof.asking(db)]))[0]!);
    return [viewer.id, upkeep.length];
  };
  test.each([
    ['a customer after a day', 'customer', day, day, ['usr_alice', 1]],
    ['a customer seen a minute ago', 'customer', day, 60_000, ['usr_alice', 0]],
    ['anyone after ninety days', 'customer', 91 * day, 60_000, [null, 0]],
    ['staff within half a day', 'agent', day, day / 3, ['usr_alice', 1]],
    ['staff after half a day', 'agent', day, day * 0.6, [null, 0]],
  ] as const)('%s', async (_, role, began, seen, expected) => expect(await lives(role, began, seen)).toEqual(expected));
});
