import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sessions, users } from '../../worker/people/schema.ts';
import { passwordFits } from '../../worker/people/password.ts';
import { signIn } from '../../worker/people/sign-in.ts';
import { askForReset } from '../../worker/signin/ask-reset.ts';
import { resetPassword } from '../../worker/signin/reset.ts';
import { verifyAddress } from '../../worker/signin/verify.ts';
import { cheapHash } from '../support/password.ts';
import { asker, carried, expired, later, lettersTo, world } from './support.ts';

const email = 'alice@example.org';
const password = 'another long sentence';

async function aliceWithPassword() {
  const at = await world();
  await at.db.update(users).set({ passwordHash: cheapHash('correct horse battery'), verifiedAt: at.now }).where(eq(users.id, 'usr_alice'));
  return at;
}

test('a forgotten password: the link gives a new one, ends every other session and opens one', async () => {
  const at = await aliceWithPassword();
  await at.as('visitor').run(signIn, { email, password: 'correct horse battery', https: false });
  await at.as('visitor').run(askForReset, { email, ...asker });
  const { key } = await carried(at, email);
  const { cookie } = await at.as('visitor').run(resetPassword, { key, password, ...asker });
  expect(cookie).not.toBeNull();
  const open = await at.db.select().from(sessions);
  expect(open.map(({ userId, proofs, halfway }) => ({ userId, proofs, halfway }))).toEqual([{ userId: 'usr_alice', proofs: ['code'], halfway: false }]);
  const [alice] = await at.db.select().from(users).where(eq(users.id, 'usr_alice'));
  expect([await passwordFits(password, alice!.passwordHash), await passwordFits('correct horse battery', alice!.passwordHash)]).toEqual([true, false]);
  expect((await lettersTo(at, email)).map(({ subject }) => subject)).toContain('Your password was changed');
  await expect(at.as('visitor').run(resetPassword, { key, password: 'yet another sentence', ...asker })).rejects.toMatchObject({ reason: 'invalid' });
});

test('of two links the second goes with the first; a link opens nothing else, and nothing late', async () => {
  const at = await aliceWithPassword();
  const keys: string[] = [];
  for (let i = 0; i < 2; i++) {
    await later(at);
    await at.as('visitor').run(askForReset, { email, ...asker });
    keys.push((await carried(at, email)).key);
  }
  await expect(at.as('visitor').run(verifyAddress, { key: keys[0], ...asker })).rejects.toMatchObject({ reason: 'invalid' });
  await at.as('visitor').run(resetPassword, { key: keys[0], password, ...asker });
  await expect(at.as('visitor').run(resetPassword, { key: keys[1], password, ...asker })).rejects.toMatchObject({ reason: 'invalid' });
  await later(at);
  await at.as('visitor').run(askForReset, { email, ...asker });
  const { key } = await carried(at, email);
  await expired(at);
  await expect(at.as('visitor').run(resetPassword, { key, password, ...asker })).rejects.toMatchObject({ reason: 'invalid' });
});

test('a link follows the address, not who has it later', async () => {
  const at = await aliceWithPassword();
  await at.as('visitor').run(askForReset, { email, ...asker });
  const { key } = await carried(at, email);
  await at.db.update(users).set({ email: 'alice@elsewhere.example' }).where(eq(users.id, 'usr_alice'));
  await at.db.update(users).set({ email }).where(eq(users.id, 'usr_bob'));
  await expect(at.as('visitor').run(resetPassword, { key, password, ...asker })).rejects.toMatchObject({ reason: 'invalid' });
});

test('who has a second factor is let in halfway', async () => {
  const at = await aliceWithPassword();
  await at.db.update(users).set({ secondFactorAt: at.now }).where(eq(users.id, 'usr_alice'));
  await at.as('visitor').run(askForReset, { email, ...asker });
  const { halfway } = await at.as('visitor').run(resetPassword, { key: (await carried(at, email)).key, password, ...asker });
  expect([halfway, (await at.db.select().from(sessions))[0]!.halfway]).toEqual([true, true]);
});

test('an address that nobody has gets a letter too, and the same answer', async () => {
  const at = await aliceWithPassword();
  const answers = [await at.as('visitor').run(askForReset, { email, ...asker }), await at.as('visitor').run(askForReset, { email: 'nobody@example.net', ...asker })];
  expect(answers[0]).toEqual(answers[1]);
  expect(await carried(at, 'nobody@example.net')).toEqual({ subject: 'No account with this address', key: '', code: '' });
});

test('a new password is held to the rules, one’s own name included', async () => {
  const at = await aliceWithPassword();
  await at.as('visitor').run(askForReset, { email, ...asker });
  const { key } = await carried(at, email);
  for (const weak of ['short', 'qwertyuiop123', 'alice@example.org', 'alice12345']) {
    await expect(at.as('visitor').run(resetPassword, { key, password: weak, ...asker })).rejects.toMatchObject({ reason: 'invalid', issues: { password: expect.any(String) } });
  }
});
