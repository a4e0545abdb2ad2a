import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { formOfTicket, formsToAsk } from '../../worker/forms/queries.ts';
import { historyOfTicket, historyPage } from '../../worker/history/queries.ts';
import { erasePerson } from '../../worker/privacy/erase.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { wholeTicket } from '../../worker/tickets/records.ts';
import { ticketsMatching } from '../../worker/views/queries.ts';
import { stoa } from '../support/stoa.ts';
import { fillTicket, keepField, keepForm, placeField } from './support.ts';

const opened = { subject: 'The export stops', body: 'At row 500.' };

/** A form that asks customers which account and whom of it to call, and the desk which customer knows more. */
async function asking(ada: Portal) {
  const { id: form } = await ada.run(keepForm, { nameEn: 'Something broke', isActive: true, isDefault: true });
  const made = async (key: string, kind: string, position: number, place = {}) => {
    const { id } = await ada.run(keepField, { key, kind, labelEn: key });
    await ada.run(placeField, { form, field: id, position, isVisible: true, isEditable: true, ...place });
    return id;
  };
  return { form, company: await made('company', 'account', 1), call: await made('call', 'person', 2), knows: await made('knows', 'contact', 3, { isVisible: false, isEditable: false }) };
}

const choicesFor = async (portal: Portal, form: string, said = {}) => {
  const [forms] = await portal.load(formsToAsk(form, said));
  return Object.fromEntries(forms.flatMap(({ questions }) => (questions ?? []).map(({ key, choices }) => [key, choices.map(({ value }) => value)])));
};

test('customers choose among themselves, the colleagues whom they see, and their own accounts; visitors are not asked', async () => {
  const { as } = await stoa();
  const { form } = await asking(as('ada'));
  expect(await choicesFor(as('alice'), form)).toEqual({ company: ['acc_acme'], call: ['usr_alice'] });
  expect(await choicesFor(as('carol'), form)).toEqual({ company: ['acc_acme'], call: ['usr_alice', 'usr_carol'] });
  expect(await choicesFor(as('visitor'), form, { call: 'usr_alice' })).toEqual({ company: [], call: [] });
  expect(await choicesFor(as('bob'), form, { company: 'acc_acme', call: 'alice' })).toEqual({ company: ['acc_olive'], call: ['usr_bob'] });
});

test('nobody names whom or what they may not see, and an answer is kept with its name', async () => {
  const { as } = await stoa();
  await asking(as('ada'));
  for (const fields of [{ call: 'usr_carol' }, { call: 'usr_bob' }, { company: 'acc_olive' }]) {
    await expect(as('alice').run(openTicket, { ...opened, fields })).rejects.toMatchObject({ issues: { [`fields.${Object.keys(fields)[0]}`]: 'Choose from what was found, or write another name.' } });
  }
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { company: 'acc_acme', call: 'usr_alice', knows: 'usr_bob' } });
  for (const who of ['alice', 'agnes'] as const) expect((await as(who).load(wholeTicket(number)))[0]?.fields).toEqual({ company: { id: 'acc_acme', name: 'Acme' }, call: { id: 'usr_alice', name: 'alice' } });
  await as('carol').run(fillTicket, { number, fields: { call: 'usr_carol' } });
  expect((await as('alice').load(formOfTicket(number)))[0]?.questions.find(({ key }) => key === 'call')?.choices.map(({ en }) => en)).toEqual(['alice', 'carol']);
});

test('a question that has to be answered holds nobody up who has nothing to choose', async () => {
  const { as } = await stoa();
  const { form, call } = await asking(as('ada'));
  await as('ada').run(placeField, { form, field: call, position: 2, isVisible: true, isEditable: true, toSubmit: true });
  await as('visitor').run(openTicket, { ...opened, email: 'guest@example.org' });
  await as('agnes').run(openTicket, opened);
  await expect(as('alice').run(openTicket, opened)).rejects.toMatchObject({ issues: { 'fields.call': 'Answer this question.' } });
});

test('the desk finds by the beginning of a name; people only within the account of the ticket', async () => {
  const { as } = await stoa();
  await asking(as('ada'));
  const { number } = await as('alice').run(openTicket, opened);
  const found = async (said: Record<string, string>) => Object.fromEntries((await as('agnes').load(formOfTicket(number, said)))[0]!.questions.map(({ key, choices }) => [key, choices.map(({ value }) => value)]));
  expect(await found({})).toEqual({ company: [], call: ['usr_alice', 'usr_carol'], knows: [] });
  expect(await found({ company: 'OLI', knows: 'bob@' })).toEqual({ company: ['acc_olive'], call: ['usr_alice', 'usr_carol'], knows: ['usr_bob'] });
  expect((await found({ knows: 'agn' }))['knows']).toEqual([]);
  expect((await found({ call: 'usr_alice' }))['knows']).toEqual([]);
  await expect(as('agnes').run(fillTicket, { number, fields: { call: 'usr_bob' } })).rejects.toMatchObject({ issues: { 'fields.call': expect.any(String) } });
  await as('agnes').run(fillTicket, { number, fields: { company: 'acc_olive', call: 'usr_carol', knows: 'usr_bob' } });
  expect((await as('agnes').load(wholeTicket(number)))[0]?.fields).toEqual({ company: { id: 'acc_olive', name: 'Olive' }, call: { id: 'usr_carol', name: 'carol' }, knows: { id: 'usr_bob', name: 'bob' } });
  expect((await as('alice').load(wholeTicket(number)))[0]?.fields).not.toHaveProperty('knows');
});

test('the history tells from whom to whom by name, and views find tickets by name or id', async () => {
  const { as } = await stoa();
  await asking(as('ada'));
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { call: 'usr_alice' } });
  await as('agnes').run(fillTicket, { number, fields: { call: 'usr_carol' } });
  const [history, { items }] = await as('agnes').load(historyOfTicket(number), historyPage({ limit: 10 }, number, { type: 'ticket.filled' }));
  expect(history.at(-1)).toMatchObject({ data: { from: { call: 'usr_alice' }, to: { call: 'usr_carol' } }, names: { usr_alice: 'alice', usr_carol: 'carol' } });
  expect(items[0]?.names).toEqual({ usr_alice: 'alice', usr_carol: 'carol' });
  for (const [value, isFound] of [['call=Carol', true], ['call=usr_carol', true], ['call=alice', false]] as const) {
    const [page] = await as('agnes').load(ticketsMatching({ limit: 9 }, { condition: { match: 'all', groups: [{ match: 'all', rows: [{ field: 'answer', is: 'is', values: [value] }] }] }, sort: 'created' }));
    expect([value, page.items.map((one) => one.number)]).toEqual([value, isFound ? [number] : []]);
  }
});

test('a question about any customer is for the desk alone', async () => {
  const { as } = await stoa();
  const { form, knows } = await asking(as('ada'));
  await expect(as('ada').run(placeField, { form, field: knows, position: 3, isVisible: true })).rejects.toMatchObject({ issues: { isVisible: expect.any(String) } });
});

test('who is erased is named on no ticket any more', async () => {
  const { as, db } = await stoa();
  await asking(as('ada'));
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { call: 'usr_alice' } });
  await as('agnes').run(fillTicket, { number, fields: { call: 'usr_carol', knows: 'usr_carol' } });
  await as('carol', { provedAt: Number.POSITIVE_INFINITY }).run(erasePerson, { handle: 'carol', email: 'carol@example.org', words: 'stay' });
  expect(await db.all(sql`select 1 from ticket_values where value = 'usr_carol'`)).toEqual([]);
  expect((await as('agnes').load(historyOfTicket(number)))[0].at(-1)?.names).toMatchObject({ usr_carol: 'Former member' });
});

test('an admin of an account with very many people finds any of them by a name, and nobody else', async () => {
  const { as, db } = await stoa();
  const { form } = await asking(as('ada'));
  await db.$client.execute("with recursive n (i) as (select 1 union all select i + 1 from n where i < 300) insert into users (id, email, name, handle, role, account_id, created_at) select 'usr_many' || i, 'many' || i || '@example.org', 'Anna ' || printf('%03d', i), 'anna' || i, 'customer', 'acc_acme', 0 from n");
  await db.$client.batch([
    "insert into users (id, email, name, handle, role, account_id, created_at) values ('usr_zoe', 'zoe@example.org', 'Zoe Zimmer', 'zoe', 'customer', 'acc_acme', 0), ('usr_zara', 'zara@example.org', 'Zara Zimmer', 'zara', 'customer', 'acc_olive', 0)",
  ]);
  const found = async (who: 'carol' | 'alice', call?: string) => ((await choicesFor(as(who), form, call === undefined ? {} : { call }))['call']!).filter((id) => id.startsWith('usr_z'));
  expect([await found('carol'), await found('carol', 'zo'), await found('carol', 'zimm'), await found('carol', 'usr_zoe'), await found('carol', 'usr_zara')]).toEqual([[], ['usr_zoe'], ['usr_zoe'], ['usr_zoe'], []]);
  expect(await found('alice', 'zo')).toEqual([]);
  await as('carol').run(openTicket, { ...opened, fields: { call: 'usr_zoe' } });
  await expect(as('carol').run(openTicket, { ...opened, fields: { call: 'usr_zara' } })).rejects.toMatchObject({ issues: { 'fields.call': 'Choose from what was found, or write another name.' } });
});
