import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { hashPassword } from '../../worker/people/password.ts';
import { sessions, users } from '../../worker/people/schema.ts';
import { proofOf } from '../../worker/people/sessions.ts';
import { signIn } from '../../worker/people/sign-in.ts';
import { signOut } from '../../worker/people/sign-out.ts';
import { attempts } from '../../worker/platform/schema.ts';
import { hashOf } from '../../worker/platform/signature.ts';
import { answersTo } from '../../worker/platform/query.ts';
import { stoa } from '../support/stoa.ts';

const credentials = { email: 'Alice@Example.org ', password: 'correct horse battery', https: false, network: 'here' };

async function aliceWithPassword() {
  const world = await stoa(new Date());
  await world.db.update(users).set({ passwordHash: await hashPassword('correct horse battery') }).where(eq(users.id, 'usr_alice'));
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

test('twenty wrong passwords from one network, and it has to wait; where networks are not told apart, nobody has to', async () => {
  const { as, db } = await aliceWithPassword();
  for (const network of ['here', 'unknown']) await db.insert(attempts).values(Array.from({ length: 20 }, () => ({ key: hashOf(`network ${network}`), at: new Date() })));
  await expect(as('visitor').run(signIn, credentials)).rejects.toMatchObject({ reason: 'too_many' });
  expect((await as('visitor').run(signIn, { ...credentials, network: 'unknown' })).cookie).not.toBeNull();
});
