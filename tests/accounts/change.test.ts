import { expect, test } from 'vitest';
import { changeAccount } from '../../worker/accounts/change.ts';
import { openAccount } from '../../worker/accounts/open.ts';
import { accountById, bookOfBusiness } from '../../worker/accounts/queries.ts';
import { accounts } from '../../worker/accounts/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { stoa } from '../support/stoa.ts';

test('a CSM makes an account and gives it to herself by address; it is announced', async () => {
  const { as, db } = await stoa();
  const { id } = await as('cleo').run(openAccount, { name: ' Nordic ', domains: ['Nordic.Example'], arr: 900, currency: 'sek', renewsOn: '2026-12-31', csm: 'Cleo@example.org' });
  const [account] = await as('agnes').load(accountById(id));
  expect(account).toMatchObject({ name: 'Nordic', domains: ['nordic.example'], arr: 900, currency: 'SEK', renewsOn: '2026-12-31', csm: 'cleo', csmId: 'usr_cleo' });
  expect((await db.select().from(outbox)).map(({ type }) => type)).toEqual(['account.opened']);
});

test('what is said changes, null empties, the rest stays; the log tells from and to', async () => {
  const { as, db } = await stoa();
  await as('ada').run(changeAccount, { id: 'acc_acme', plan: 'Team', csm: 'usr_cleo', renewsOn: null });
  const [account] = await as('ada').load(accountById('acc_acme'));
  expect(account).toMatchObject({ name: 'Acme', arr: 10_000, plan: 'Team', csm: 'cleo', renewsOn: null, revision: 1 });
  expect((await db.select().from(outbox))[0]!.data).toEqual({ from: { plan: null, csmId: null, renewsOn: '2026-03-01' }, to: { plan: 'Team', csmId: 'usr_cleo', renewsOn: null } });
  await as('ada').run(changeAccount, { id: 'acc_acme', plan: 'Team' });
  expect(await db.select().from(outbox)).toHaveLength(1);
});

test('of two who changed what they saw the second is told', async () => {
  const { as } = await stoa();
  await as('ada').run(changeAccount, { id: 'acc_acme', arr: 1, revision: 0 });
  await expect(as('cleo').run(changeAccount, { id: 'acc_acme', arr: 2, revision: 0 })).rejects.toMatchObject({ reason: 'conflict' });
});

test('an agent may look, not change; for customers there is nothing; a visitor is sent to sign in', async () => {
  const { as } = await stoa();
  await expect(as('agnes').run(changeAccount, { id: 'acc_acme', arr: 1 })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('carol').run(changeAccount, { id: 'acc_acme', arr: 1 })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('carol').run(openAccount, { name: 'Mine' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(openAccount, { name: 'Mine' })).rejects.toMatchObject({ reason: 'signed_out' });
});

test('bad input names its field', async () => {
  const { as } = await stoa();
  const wrong = { arr: -1, currency: 'euro', renewsOn: '2026-02-30', domains: ['not a domain'], plan: '', csm: 'alice@example.org' };
  for (const [field, value] of Object.entries(wrong)) await expect(as('cleo').run(changeAccount, { id: 'acc_acme', [field]: value })).rejects.toMatchObject({ reason: 'invalid', issues: { [field]: expect.any(String) } });
});

test('the book goes on without doubles or gaps in every order, whatever the letters, dates and silences', async () => {
  const { as, db, now } = await stoa();
  const names = ['ΑΛΦΑ', 'βήτα', 'Acorn', 'acme two', 'Éclair', 'zoo', 'Zoo', 'ωμέγα'];
  await db.insert(accounts).values(names.map((name, i) => ({ id: `acc_${i}`, name, arr: i % 3, renewsOn: '2026-05-01', lastWordAt: i % 2 ? new Date(now.getTime() + (i % 4)) : null, createdAt: now })));
  for (const order of ['name', 'revenue', 'word', 'renewal'] as const) {
    const walked: string[] = [];
    for (let after: string | undefined, going = true; going; ) {
      const [{ items, next }] = await as('cleo').load(bookOfBusiness({ limit: 2, after }, order));
      walked.push(...items.map(({ id }) => id));
      going = next !== null;
      after = next ?? undefined;
    }
    const [whole] = await as('cleo').load(bookOfBusiness({ limit: 100 }, order));
    expect([order, walked]).toEqual([order, whole.items.map(({ id }) => id)]);
  }
});
