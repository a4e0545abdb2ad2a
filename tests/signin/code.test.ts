import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { knownDevices, sessions, users } from '../../worker/people/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { deviceOf } from '../../worker/people/device.ts';
import { askForCode } from '../../worker/signin/ask-code.ts';
import { enterByCode, enterByLink } from '../../worker/signin/enter.ts';
import { oneTimeSecrets } from '../../worker/signin/schema.ts';
import { asker, carried, elsewhere, expired, later, lettersTo, world } from './support.ts';

const address = 'alice@example.org';

async function asked() {
  const at = await world();
  await at.as('visitor').run(askForCode, { email: address, ...asker });
  return { ...at, ...(await carried(at, address)) };
}

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('six digits let in, once, and prove a staged address', async () => {
  const at = await asked();
  expect((await at.as('visitor').run(enterByCode, { address, ...asker, code: ` ${at.code.slice(0, 3)} ${at.code.slice(3)}` })).cookie).not.toBeNull();
  expect((await at.db.select().from(users).where(eq(users.id, 'usr_alice')))[0]!.verifiedAt).toEqual(at.now);
  expect((await at.db.select().from(outbox)).map(({ type }) => type)).toEqual(['person.asked_for_code', 'secret.used', 'person.signed_in', 'person.verified']);
  expect((await at.as('visitor').run(enterByCode, { address, code: at.code, ...asker })).cookie).toBeNull();
  await expect(at.as('visitor').run(enterByLink, { key: at.key, ...asker })).rejects.toMatchObject({ reason: 'invalid' });
});

test('the link of the letter does the same; of both at once one counts', async () => {
  const at = await asked();
  const both = await Promise.allSettled([at.as('visitor').run(enterByLink, { key: at.key, ...asker }), at.as('visitor').run(enterByCode, { address, code: at.code, ...asker })]);
  expect(both.filter((one) => one.status === 'fulfilled' && one.value.cookie)).toHaveLength(1);
  expect(await at.db.select().from(sessions)).toHaveLength(1);
});

test('another browser, another address, a late hour: nothing opens', async () => {
  const at = await asked();
  expect((await at.as('visitor').run(enterByCode, { address, code: at.code, ...elsewhere })).cookie).toBeNull();
  expect((await at.as('visitor').run(enterByCode, { address: 'bob@example.org', code: at.code, ...asker })).cookie).toBeNull();
  await expect(at.as('visitor').run(enterByLink, { key: at.key, ...elsewhere })).rejects.toMatchObject({ reason: 'invalid' });
  await expired(at);
  expect((await at.as('visitor').run(enterByCode, { address, code: at.code, ...asker })).cookie).toBeNull();
});

test('five wrong codes, and not even the right one opens; the link of the letter still does', async () => {
  const at = await asked();
  for (let i = 0; i < 5; i++) expect((await at.as('visitor').run(enterByCode, { address, code: wrong(at.code), ...asker })).cookie).toBeNull();
  await expect(at.as('visitor').run(enterByCode, { address, code: at.code, ...asker })).rejects.toMatchObject({ reason: 'too_many' });
  expect((await at.as('visitor').run(enterByLink, { key: at.key, ...asker })).cookie).not.toBeNull();
});

test('forty guesses at once are five', async () => {
  const at = await asked();
  const guesses = await Promise.allSettled(Array.from({ length: 40 }, () => at.as('visitor').run(enterByCode, { address, code: wrong(at.code), ...asker })));
  expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

test('a stranger’s wrong codes are not counted against the owner’s browser', async () => {
  const at = await asked();
  for (let i = 0; i < 5; i++) await at.as('visitor').run(enterByCode, { address, code: wrong(at.code), ...elsewhere });
  expect((await at.as('visitor').run(enterByCode, { address, code: at.code, ...asker })).cookie).not.toBeNull();
});

test('a second letter within two minutes does not follow, and the first code stays good', async () => {
  const at = await asked();
  await at.as('visitor').run(askForCode, { email: address, ...asker });
  expect(await lettersTo(at, address)).toHaveLength(1);
  expect(await at.db.select().from(oneTimeSecrets)).toHaveLength(2);
  expect((await at.as('visitor').run(enterByCode, { address, code: at.code, ...asker })).cookie).not.toBeNull();
});

test('an address that nobody has gets a letter without a code', async () => {
  const at = await world();
  await at.as('visitor').run(askForCode, { email: 'nobody@example.net', ...asker });
  expect(await carried(at, 'nobody@example.net')).toEqual({ subject: 'No account with this address', key: '', code: '' });
});

test('nothing of a secret is kept but its hash', async () => {
  const at = await asked();
  const rows = JSON.stringify(await at.db.select().from(oneTimeSecrets));
  expect([at.code, at.key, asker.browser].filter((secret) => rows.includes(`"${secret}"`))).toEqual([]);
});

test('a device that was not seen before is told of by mail; the first, and one seen before, are not', async () => {
  const at = await asked();
  const enter = async (device: string) => {
    await later(at);
    await at.as('visitor').run(askForCode, { email: address, ...asker });
    await at.as('visitor').run(enterByCode, { address, code: (await carried(at, address)).code, ...asker, device });
    return (await lettersTo(at, address)).filter(({ purpose }) => purpose === 'new-device').length;
  };
  const firefox = (version: number) => deviceOf(`Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`);
  expect([await enter(firefox(140)), await enter(firefox(141)), await enter(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1')), await enter(firefox(142))]).toEqual([0, 0, 1, 1]);
  expect((await at.db.select().from(knownDevices)).map(({ device }) => device).sort()).toEqual(['Firefox · Linux', 'Safari · iPhone']);
});
