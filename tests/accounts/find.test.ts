import { expect, test } from 'vitest';
import { changeAccount } from '../../worker/accounts/change.ts';
import { openAccount } from '../../worker/accounts/open.ts';
import { accountsWithoutRenewal, bookOfBusiness, orders } from '../../worker/accounts/queries.ts';
import { accounts } from '../../worker/accounts/schema.ts';
import { stoa } from '../support/stoa.ts';

test('an account is found by how words of its name, its domain or an address begin, in Greek without accents too, and by its newest name', async () => {
  const { as } = await stoa();
  const cleo = as('cleo');
  const named = async (q: string) => (await cleo.load(bookOfBusiness({ limit: 100 }, 'name', { q })))[0].items.map(({ name }) => name);
  const { id } = await cleo.run(openAccount, { name: 'Ξενοδοχεία Οδυσσεύς' });
  await cleo.run(openAccount, { name: 'Coca-Cola “Ελλάς”' });
  expect(await named('ξενοδοχεια')).toEqual(['Ξενοδοχεία Οδυσσεύς']);
  expect(await named('ΟΔΥΣ')).toEqual(['Ξενοδοχεία Οδυσσεύς']);
  expect(await named('οδυσσευς ξεν')).toEqual(['Ξενοδοχεία Οδυσσεύς']);
  expect(await named('cola')).toEqual(['Coca-Cola “Ελλάς”']);
  expect(await named('ola')).toEqual([]);
  await cleo.run(changeAccount, { id, name: 'Hôtel Ulysse', domains: ['ulysse.example'] });
  expect(await named('οδυσ')).toEqual([]);
  expect(await named('hotel')).toEqual(['Hôtel Ulysse']);
  expect(await named('someone@ulysse.example')).toEqual(['Hôtel Ulysse']);
  expect(await named('“" * ) ^ -')).toEqual(await named(''));
  expect(await named('hotel OR')).toEqual([]);
});

test('what is found goes on without doubles or gaps in every order, and of an account that is gone nothing is found', async () => {
  const { as, db, now } = await stoa();
  const made = Array.from({ length: 7 }, (_, i) => ({ id: `acc_north_${i}`, name: `Northern line ${6 - i}`, arr: i % 3, renewsOn: i < 5 ? `2026-05-0${i + 1}` : null, createdAt: now }));
  await db.insert(accounts).values([...made, { id: 'acc_north', name: 'South', createdAt: now }]);
  const all = { q: 'north' };
  for (const order of orders) {
    const walked: string[] = [];
    for (let after: string | undefined, going = true; going; ) {
      const [{ items, next }] = await as('cleo').load(bookOfBusiness({ limit: 2, after }, order, all));
      walked.push(...items.map(({ id }) => id));
      going = next !== null;
      after = next ?? undefined;
    }
    expect([order, walked.length, new Set(walked).size]).toEqual([order, order === 'renewal' ? 5 : 7, walked.length]);
  }
  const [undated] = await as('cleo').load(accountsWithoutRenewal(all));
  expect(undated.map(({ id }) => id)).toEqual(['acc_north_5', 'acc_north_6']);
  await db.$client.execute("delete from accounts where id = 'acc_north'");
  expect((await db.$client.execute('select count(*) n from account_names')).rows[0]!['n']).toBe(Number((await db.$client.execute('select count(*) n from accounts')).rows[0]!['n']));
  expect((await as('cleo').load(bookOfBusiness({ limit: 100 }, 'name', all)))[0].items).toHaveLength(7);
});

test('who may not see accounts finds none', async () => {
  const { as } = await stoa();
  for (const who of ['carol', 'visitor'] as const) expect((await as(who).load(bookOfBusiness({ limit: 100 }, 'name', { q: 'acme' })))[0].items).toEqual([]);
});
