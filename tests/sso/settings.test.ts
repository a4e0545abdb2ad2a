import { expect, test } from 'vitest';
import type { Operation } from '../../worker/platform/operation.ts';
import { outbox, settings } from '../../worker/platform/schema.ts';
import { addProvider } from '../../worker/sso/add-provider.ts';
import { allowSignUp } from '../../worker/sso/allow-sign-up.ts';
import { changeProvider } from '../../worker/sso/change-provider.ts';
import { endHostAppSecret, makeHostAppSecret, setUpHostApp } from '../../worker/sso/host-app.ts';
import { allProviders, hostApp, providerBySlug, providersOnOffer, providerToUse, signUp } from '../../worker/sso/queries.ts';
import { sealed, unsealed } from '../../worker/sso/seal.ts';
import { hostAppSecret } from '../../worker/sso/secret.ts';
import { switchProvider } from '../../worker/sso/switch-provider.ts';
import { SECRET, stoa } from '../support/stoa.ts';

const okta = { name: 'Okta', slug: 'okta', kind: 'oidc', issuer: 'https://okta.example', clientId: 'stoa', clientSecret: 'hush hush', audience: 'staff', roleClaim: 'groups', roles: 'support = agent\n\n leads = csm ' };

const onlyAdmins: Operation<any, any, any>[] = [setUpHostApp, makeHostAppSecret, allowSignUp];

async function world() {
  const made = await stoa();
  return { ...made, ada: made.as('ada', { provedAt: made.now.getTime() }) };
}

test('a provider is added, changed and switched off, and each is announced without its secret, which is kept sealed', async () => {
  const { ada, as, db } = await world();
  await ada.run(addProvider, okta);
  expect((await as('visitor').load(providersOnOffer()))[0]).toEqual([{ slug: 'okta', name: 'Okta', kind: 'oidc' }]);
  const [kept] = await as('visitor').load(providerToUse('okta'));
  expect(kept!.roles).toEqual({ support: 'agent', leads: 'csm' });
  expect(unsealed(SECRET, kept!.id, kept!.clientSecret)).toBe('hush hush');
  await ada.run(changeProvider, { ...okta, name: 'Okta of ours', clientSecret: '' });
  await ada.run(changeProvider, { ...okta, name: 'Okta of ours', clientSecret: 'another' });
  expect(unsealed(SECRET, kept!.id, (await as('visitor').load(providerToUse('okta')))[0]!.clientSecret)).toBe('another');
  await ada.run(switchProvider, { slug: 'okta' });
  expect(await as('visitor').load(providersOnOffer(), providerToUse('okta'))).toEqual([[], undefined]);
  const log = await db.select().from(outbox);
  expect(log.map(({ type }) => type)).toEqual(['provider.added', 'provider.changed', 'provider.changed', 'provider.switched']);
  expect(log[1]!.data).toEqual({ slug: 'okta', from: { name: 'Okta' }, to: { name: 'Okta of ours' }, isSecretNew: false });
  expect(JSON.stringify(log)).not.toMatch(/hush|another/);
});

test('only who keeps the settings sees or changes them, and only freshly signed in', async () => {
  const { ada, as } = await world();
  await ada.run(addProvider, okta);
  for (const who of ['alice', 'agnes', 'cleo'] as const) {
    expect((await as(who).load(allProviders()))[0]).toEqual([]);
    await expect(as(who).load(providerBySlug('okta'))).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as(who).run(addProvider, { ...okta, slug: 'mine' })).rejects.toMatchObject({ reason: 'forbidden' });
    for (const op of onlyAdmins) await expect(as(who).run(op, {})).rejects.toMatchObject({ reason: 'forbidden' });
  }
  await expect(as('visitor').run(setUpHostApp, {})).rejects.toMatchObject({ reason: 'signed_out' });
  for (const op of onlyAdmins) await expect(as('ada').run(op, {})).rejects.toMatchObject({ reason: 'stale' });
  expect(await ada.load(providerBySlug('okta'))).toEqual([expect.not.objectContaining({ clientSecret: expect.anything() })]);
});

test.each([
  [{ name: '' }, 'name'], [{ slug: 'a b' }, 'slug'], [{ issuer: 'okta.example' }, 'issuer'], [{ issuer: 'file:///etc/passwd' }, 'issuer'], [{ issuer: 'https://me:pass@okta.example' }, 'issuer'], [{ issuer: 'https://okta.example?x=1' }, 'issuer'],
  [{ clientId: '' }, 'clientId'], [{ clientSecret: ' ' }, 'clientSecret'], [{ audience: 'world' }, 'audience'], [{ roles: 'support: agent' }, 'roles'], [{ roles: 'support = owner' }, 'roles'], [{ roles: 'support = customer' }, 'roles'],
  [{ scopes: 'a\nb' }, 'scopes'], [{ issuer: 'https://login.microsoftonline.com/common/v2.0', trustsEmail: 'on' }, 'trustsEmail'],
])('what is wrong is named: %o', async (wrong, field) => {
  const { ada } = await world();
  await expect(ada.run(addProvider, { ...okta, ...wrong })).rejects.toMatchObject({ reason: 'invalid', issues: { [field]: expect.any(String) } });
});

test('an address is given to one provider only', async () => {
  const { ada } = await world();
  await ada.run(addProvider, okta);
  await expect(ada.run(addProvider, okta)).rejects.toMatchObject({ issues: { slug: 'Another way in has this address.' } });
});

test('two shared secrets are live at most: the newest, and the one before for a week', async () => {
  const { ada, db, now } = await world();
  const made = [];
  for (let i = 0; i < 3; i++) made.push((await ada.run(makeHostAppSecret, {})).id);
  const week = now.getTime() + 7 * 24 * 3_600_000;
  const keys = async () => (await ada.load(hostApp()))[0].value!.keys.map(({ id, endsAt }) => [id, endsAt]);
  expect(await keys()).toEqual([[made[2], null], [made[1], week]]);
  await ada.run(endHostAppSecret, { id: made[1] });
  expect(await keys()).toEqual([[made[2], null]]);
  await expect(ada.run(endHostAppSecret, { id: made[1] })).rejects.toMatchObject({ reason: 'invalid' });
  const everything = JSON.stringify([await db.select().from(settings), await db.select().from(outbox)]);
  expect(made.filter((id) => everything.includes(hostAppSecret(SECRET, id)))).toEqual([]);
});

test('what is set of the product leaves its secrets; sign-up is open until somebody closes it', async () => {
  const { ada, as } = await world();
  const { id } = await ada.run(makeHostAppSecret, {});
  await ada.run(setUpHostApp, { isOn: 'on', origin: 'https://app.example.com/anywhere', jwks: '', makesAccounts: 'on' });
  expect((await ada.load(hostApp()))[0].value).toMatchObject({ isOn: true, origin: 'https://app.example.com', jwks: null, makesAccounts: true, keys: [{ id }] });
  expect((await as('visitor').load(signUp()))[0].isOpen).toBe(true);
  await ada.run(allowSignUp, {});
  expect((await as('visitor').load(signUp()))[0].isOpen).toBe(false);
});

test('what is sealed opens for its owner, under its key, unchanged', () => {
  const kept = sealed(SECRET, 'pro_1', 'hush');
  expect(unsealed(SECRET, 'pro_1', kept)).toBe('hush');
  expect(sealed(SECRET, 'pro_1', 'hush')).not.toBe(kept);
  expect(() => unsealed(SECRET, 'pro_2', kept)).toThrow();
  expect(() => unsealed(`${SECRET}!`, 'pro_1', kept)).toThrow();
  const [iv, tag, body] = kept.split('.');
  expect(() => unsealed(SECRET, 'pro_1', `${iv}.${tag}.${body!.replace(/./, (c) => (c === 'A' ? 'B' : 'A'))}`)).toThrow();
});
