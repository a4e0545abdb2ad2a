import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { accounts } from '../../worker/accounts/schema.ts';
import { sessions, users } from '../../worker/people/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { letIn } from '../../worker/sso/door.ts';
import { suspendPerson } from '../../worker/sanctions/suspend.ts';
import { enter } from '../../worker/sso/enter.ts';
import { identities } from '../../worker/sso/schema.ts';
import { Vouched, type Word } from '../../worker/sso/vouched.ts';
import { SECRET, type Stoa, stoa } from '../support/stoa.ts';

const word = (more: Partial<Word> = {}): Word => ({
  provider: 'okta', how: 'oidc', issuer: 'https://okta.example', subject: 's1', email: 'zoe@acme.test', name: 'Zoe', locale: null, account: null, plan: null, role: null,
  audience: 'customers', joinsByDomain: true, makesAccounts: false, once: crypto.randomUUID(), ...more,
});
const product = (more: Partial<Word> = {}) => word({ provider: 'host-app', how: 'sso', issuer: 'host-app', makesAccounts: true, ...more });
const come = ({ as }: Stoa, said: Word) => as('visitor').run(enter, { vouched: new Vouched(said), https: false, locale: 'el' });
const personBy = async ({ db }: Stoa, email: string) => (await db.select().from(users).where(eq(users.email, email)))[0]!;

test('somebody new is a customer, joins by domain where one account has it, and is known from then on', async () => {
  const world = await stoa();
  await world.db.update(accounts).set({ domains: ['acme.test', 'both.test'], joining: 'open' }).where(eq(accounts.id, 'acc_acme'));
  await world.db.update(accounts).set({ domains: ['both.test'], joining: 'open' }).where(eq(accounts.id, 'acc_olive'));
  expect(await come(world, word())).toMatchObject({ role: 'customer', locale: 'el', halfway: false });
  expect(await personBy(world, 'zoe@acme.test')).toMatchObject({ accountId: 'acc_acme', verifiedAt: world.now, passwordHash: null });
  await come(world, word({ subject: 's2', email: 'ben@both.test' }));
  expect((await personBy(world, 'ben@both.test')).accountId).toBeNull();
  await come(world, word({ subject: 's3', email: 'cat@acme.test', joinsByDomain: false }));
  expect((await personBy(world, 'cat@acme.test')).accountId).toBeNull();
  expect((await world.db.select().from(identities)).map(({ subject }) => subject)).toEqual(['s1', 's2', 's3']);
  expect((await world.db.select().from(sessions)).map(({ proofs }) => proofs)).toEqual([['oidc'], ['oidc'], ['oidc']]);
});

test('where an account asks for approval, a domain alone lets nobody in', async () => {
  const world = await stoa();
  await world.db.update(accounts).set({ domains: ['acme.test'], joining: 'approve' }).where(eq(accounts.id, 'acc_acme'));
  await come(world, word());
  expect((await personBy(world, 'zoe@acme.test')).accountId).toBeNull();
});

test('a domain that is taken from an account lets nobody join any more', async () => {
  const world = await stoa();
  await world.db.update(accounts).set({ domains: ['acme.test'], joining: 'open' }).where(eq(accounts.id, 'acc_acme'));
  await world.db.update(accounts).set({ domains: [] }).where(eq(accounts.id, 'acc_acme'));
  await come(world, word());
  expect((await personBy(world, 'zoe@acme.test')).accountId).toBeNull();
});

test('one word lets in once, also when it is said twice at once', async () => {
  const world = await stoa();
  const said = word();
  const outcomes = await Promise.allSettled([come(world, said), come(world, said), come(world, said)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(come(world, said)).rejects.toMatchObject({ reason: 'conflict', message: 'This sign-in was used before. Start again.' });
  expect(await world.db.select().from(sessions)).toHaveLength(1);
});

test('two first sign-ins of one person at once make one person', async () => {
  const world = await stoa();
  const door = { portal: world.as('visitor'), call: fetch as never, secret: SECRET, url: 'http://here', https: false, network: 'n' };
  await Promise.all([1, 2, 3].map(() => letIn({ ...door, portal: world.as('visitor') }, new Vouched(word()), { locale: 'en', device: 'a browser' })));
  expect(await world.db.select().from(users).where(eq(users.email, 'zoe@acme.test'))).toHaveLength(1);
  expect((await world.db.select().from(sessions)).map(({ device }) => device)).toEqual(['a browser', 'a browser', 'a browser']);
});

test('who only wrote in so far has proved the address now; a password set before that is void', async () => {
  const world = await stoa();
  await world.db.insert(users).values({ id: 'usr_zoe', email: 'zoe@acme.test', name: 'Z.', handle: 'zoe', passwordHash: 'set by a stranger', createdAt: world.now });
  await come(world, word());
  expect(await personBy(world, 'zoe@acme.test')).toMatchObject({ id: 'usr_zoe', name: 'Z.', verifiedAt: world.now, passwordHash: null });
});

test('no claim raises anybody by a provider for customers', async () => {
  const world = await stoa();
  await come(world, word({ role: 'admin' }));
  await come(world, word({ role: 'agent', email: 'bob@example.org', subject: 's2' }));
  expect([(await personBy(world, 'zoe@acme.test')).role, (await personBy(world, 'bob@example.org')).role]).toEqual(['customer', 'customer']);
});

test('a provider for the team raises whom a claim names, and says so; who is suspended stays outside', async () => {
  const world = await stoa(new Date());
  await come(world, word({ audience: 'both', role: 'agent', email: 'bob@example.org' }));
  expect(await personBy(world, 'bob@example.org')).toMatchObject({ role: 'agent' });
  expect((await world.db.select().from(outbox).where(eq(outbox.type, 'person.role_changed')))[0]!.data).toEqual({ from: 'customer', to: 'agent', provider: 'okta' });
  await world.db.update(users).set({ suspendedAt: world.now }).where(eq(users.email, 'bob@example.org'));
  await expect(come(world, word({ audience: 'both', role: 'agent', email: 'bob@example.org' }))).rejects.toMatchObject({ reason: 'forbidden', shut: { code: 'other', words: '', until: null, link: null } });
  await world.as('ada').run(suspendPerson, { person: 'alice', code: 'spam', words: 'Stop.', days: '7' });
  await expect(come(world, word({ email: 'alice@example.org', subject: 's9' }))).rejects.toMatchObject({ shut: { code: 'spam', words: 'Stop.', until: expect.stringMatching(/^20\d\d-/), link: expect.stringMatching(/^\/statements\//) } });
});

test('the product lets customers in, moves them to the account it names, makes it when told to, and keeps its plan', async () => {
  const world = await stoa();
  await come(world, product({ account: 'olive', plan: 'Gold' }));
  expect((await personBy(world, 'zoe@acme.test')).accountId).toBe('acc_olive');
  expect((await world.db.select().from(accounts).where(eq(accounts.id, 'acc_olive')))[0]!.plan).toBe('Gold');
  await come(world, product({ account: 'New Company', plan: 'Silver' }));
  const [made] = await world.db.select().from(accounts).where(eq(accounts.name, 'New Company'));
  expect([made!.plan, (await personBy(world, 'zoe@acme.test')).accountId]).toEqual(['Silver', made!.id]);
  await come(world, product({ account: 'Unknown', makesAccounts: false }));
  expect((await personBy(world, 'zoe@acme.test')).accountId).toBe(made!.id);
});

test.each(['agnes', 'cleo', 'ada'])('nobody of the team comes in by the product: %s', async (who) => {
  const world = await stoa();
  await expect(come(world, product({ email: `${who}@example.org` }))).rejects.toMatchObject({ reason: 'forbidden', message: 'This way in is for customers. Sign in as your team does.' });
  await world.db.insert(identities).values({ issuer: 'host-app', subject: 's1', userId: `usr_${who}`, createdAt: world.now });
  await expect(come(world, product({ email: 'other@example.org' }))).rejects.toMatchObject({ reason: 'forbidden' });
  expect(await world.db.select().from(sessions)).toEqual([]);
});

test('what comes as JSON is nobody’s word', async () => {
  const { as } = await stoa();
  await expect(as('visitor').run(enter, { vouched: { word: word() }, https: false, locale: 'en' })).rejects.toMatchObject({ reason: 'invalid' });
});
