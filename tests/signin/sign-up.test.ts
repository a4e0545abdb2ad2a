import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { passwordFits } from '../../worker/people/password.ts';
import { sessions, users } from '../../worker/people/schema.ts';
import { signIn } from '../../worker/people/sign-in.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { oneTimeSecrets } from '../../worker/signin/schema.ts';
import { signUp } from '../../worker/signin/sign-up.ts';
import { verifyAddress } from '../../worker/signin/verify.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { ticketsAsked } from '../../worker/tickets/queries.ts';
import { asker, carried, elsewhere, expired, later, lettersTo, world } from './support.ts';

const newcomer = { name: 'Νέα Φωνή', email: 'nea@example.net', password: 'a long enough sentence', locale: 'el', ...asker };

test('a newcomer gets a letter; its link makes the person and signs them in; the password works from then on', async () => {
  const at = await world();
  await at.as('visitor').run(signUp, newcomer);
  expect(await at.db.select().from(users).where(eq(users.email, newcomer.email))).toEqual([]);
  const { key, subject } = await carried(at, newcomer.email);
  expect(subject).toBe('Επιβεβαιώστε τη διεύθυνσή σας');
  const { cookie, halfway } = await at.as('visitor').run(verifyAddress, { key, ...asker });
  expect([cookie?.startsWith('stoa_session='), halfway]).toEqual([true, false]);
  const [person] = await at.db.select().from(users).where(eq(users.email, newcomer.email));
  expect(person).toMatchObject({ name: 'Νέα Φωνή', role: 'customer', locale: 'el', verifiedAt: at.now });
  expect((await at.as('visitor').run(signIn, { email: newcomer.email, password: newcomer.password, https: false })).cookie).not.toBeNull();
  expect((await at.db.select().from(outbox)).map(({ type }) => type)).toEqual(['person.asked_to_sign_up', 'secret.used', 'person.signed_in', 'person.verified', 'person.signed_in']);
});

test('a link works once, not late, not for another purpose; two at once are one', async () => {
  const at = await world();
  await at.as('visitor').run(signUp, newcomer);
  const { key } = await carried(at, newcomer.email);
  for (const wrong of ['', 'null', key.slice(1), `${key}x`]) await expect(at.as('visitor').run(verifyAddress, { key: wrong, ...asker })).rejects.toMatchObject({ reason: 'invalid' });
  const both = await Promise.allSettled([1, 2].map(() => at.as('visitor').run(verifyAddress, { key, ...asker })));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(at.as('visitor').run(verifyAddress, { key, ...asker })).rejects.toMatchObject({ reason: 'invalid' });
  await later(at);
  await at.as('visitor').run(signUp, { ...newcomer, email: 'late@example.net' });
  const { key: second } = await carried(at, 'late@example.net');
  await expired(at);
  await expect(at.as('visitor').run(verifyAddress, { key: second, ...asker })).rejects.toMatchObject({ reason: 'invalid' });
});

test('a guest finds their tickets once they have proved the address', async () => {
  const at = await world();
  const email = 'guest@example.net';
  await at.as('visitor').run(openTicket, { subject: 'As a guest', body: 'Help.', email });
  await at.as('visitor').run(signUp, { ...newcomer, email });
  await at.as('visitor').run(verifyAddress, { key: (await carried(at, email)).key, ...asker });
  const [person] = await at.db.select().from(users).where(eq(users.email, email));
  const [mine] = await at.as('alice', { id: person!.id, accountId: null }).load(ticketsAsked({ limit: 10 }, 'open', 'mine'));
  expect(mine.items.map(({ subject }) => subject)).toEqual(['As a guest']);
});

test('a stranger sets no password and no name for a staged address: what was typed elsewhere does not count', async () => {
  const at = await world();
  await at.as('visitor').run(signUp, { ...newcomer, name: 'Mallory', email: 'bob@example.org', password: 'known to mallory only' });
  expect((await at.db.select().from(users).where(eq(users.id, 'usr_bob')))[0]).toMatchObject({ passwordHash: null, verifiedAt: null, name: 'bob' });
  await at.as('visitor').run(verifyAddress, { key: (await carried(at, 'bob@example.org')).key, ...elsewhere });
  const [bob] = await at.db.select().from(users).where(eq(users.id, 'usr_bob'));
  expect(bob).toMatchObject({ passwordHash: null, verifiedAt: at.now, name: 'bob' });
  await later(at);
  await at.as('visitor').run(signUp, { ...newcomer, email: 'carol@example.org' });
  await at.as('visitor').run(verifyAddress, { key: (await carried(at, 'carol@example.org')).key, password: 'chosen in the other browser', ...elsewhere });
  const [carol] = await at.db.select().from(users).where(eq(users.id, 'usr_carol'));
  expect([carol!.name, await passwordFits('chosen in the other browser', carol!.passwordHash)]).toEqual(['carol', true]);
});

test('who has an account is told so by mail only, and nothing of theirs changes', async () => {
  const at = await world();
  await at.db.update(users).set({ passwordHash: 'scrypt$theirs', verifiedAt: at.now }).where(eq(users.id, 'usr_alice'));
  const answers = [await at.as('visitor').run(signUp, { ...newcomer, email: 'alice@example.org' }), await at.as('visitor').run(signUp, newcomer)];
  expect(answers[0]).toEqual(answers[1]);
  const { subject, key } = await carried(at, 'alice@example.org');
  expect([subject, key]).toEqual(['You have an account', '']);
  expect((await at.db.select().from(users).where(eq(users.id, 'usr_alice')))[0]!.passwordHash).toBe('scrypt$theirs');
});

test('nobody is flooded: one letter in two minutes, five a day, however many ask at once; nothing of who asked is in it', async () => {
  const at = await world();
  const evil = { ...newcomer, name: 'http://evil.example <b>click</b>' };
  const ask = () => at.as('visitor').run(signUp, evil);
  await Promise.all(Array.from({ length: 4 }, ask));
  expect(await lettersTo(at, newcomer.email)).toHaveLength(1);
  expect(await at.db.select().from(oneTimeSecrets)).toHaveLength(1);
  for (let i = 0; i < 6; i++) {
    await later(at);
    await ask();
  }
  const letters = await lettersTo(at, newcomer.email);
  expect(letters).toHaveLength(5);
  expect(letters.filter(({ subject, text, html }) => /evil|click/.test(subject + text + html))).toEqual([]);
});

test('twenty letters an hour from one network, and the next has to wait, though many ask at once', async () => {
  const at = await world();
  await at.db.$client.execute(`insert into settings (key, value) values ('moderation_rules', '{"challenge":false}')`);
  const asks = await Promise.allSettled(Array.from({ length: 24 }, (_, i) => at.as('visitor').run(signUp, { ...newcomer, email: `n${i}@example.net`, network: '203.0.113.7' })));
  expect(asks.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  expect(asks.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'too_many' } });
});

test('what is wrong is named: a weak password, one made of the name, a missing name', async () => {
  const { as } = await world();
  for (const [field, wrong] of [['password', { password: 'password123' }], ['password', { password: 'short' }], ['password', { password: 'nea@example.net' }], ['name', { name: ' ' }], ['email', { email: 'nobody' }]] as const) {
    await expect(as('visitor').run(signUp, { ...newcomer, ...wrong })).rejects.toMatchObject({ reason: 'invalid', issues: { [field]: expect.any(String) } });
  }
});

test('who is suspended does not come in by a letter', async () => {
  const at = await world();
  await at.as('visitor').run(signUp, { ...newcomer, email: 'bob@example.org' });
  await at.db.update(users).set({ suspendedAt: at.now }).where(eq(users.id, 'usr_bob'));
  await expect(at.as('visitor').run(verifyAddress, { key: (await carried(at, 'bob@example.org')).key, ...asker })).rejects.toMatchObject({ reason: 'forbidden', shut: { code: 'other', until: null, link: null } });
  expect(await at.db.select().from(sessions)).toEqual([]);
});
