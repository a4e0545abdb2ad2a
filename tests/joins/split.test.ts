import { expect, test } from 'vitest';
import { keepFiles } from '../../worker/attachments/keep.ts';
import { formOfTicket } from '../../worker/forms/queries.ts';
import { splitTicket } from '../../worker/joins/split.ts';
import { historyPage } from '../../worker/history/queries.ts';
import { linksOfTicket } from '../../worker/links/queries.ts';
import { messagesOfTicket, ticketAtDesk, ticketByNumber, ticketsAsked } from '../../worker/tickets/queries.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { stoa } from '../support/stoa.ts';
import { told } from '../tickets/support.ts';
import { asks, merge, withForm } from './support.ts';

const bodies = (messages: { html: string | null }[]) => messages.map(({ html }) => html!.replace(/<[^>]+>/g, '').trim());

async function conversation() {
  const here = await stoa();
  const { as } = here;
  const number = await asks(as('alice'), 'Two things', 'One.');
  const second = await as('alice').run(replyToTicket, { number, body: 'Another thing.' });
  const note = await as('agnes').run(replyToTicket, { number, body: 'Psst.', visibility: 'internal' });
  return { ...here, number, second: second.id, note: note.id };
}

test('chosen messages move into a ticket of their own, notes stay notes, and both tell of the other', async () => {
  const { as, db, number, second, note } = await conversation();
  const apart = await as('agnes').run(splitTicket, { number, messages: [second, note], subject: 'Another thing' });
  expect((await as('alice').load(ticketByNumber(apart.number)))[0]).toMatchObject({ subject: 'Another thing', requesterId: 'usr_alice', accountId: 'acc_acme', status: 'open' });
  expect(bodies((await as('alice').load(messagesOfTicket(apart.number)))[0])).toEqual(['Another thing.']);
  expect(bodies((await as('agnes').load(messagesOfTicket(apart.number)))[0])).toEqual(['Another thing.', 'Psst.']);
  expect(bodies((await as('alice').load(messagesOfTicket(number)))[0])).toEqual(['One.']);
  expect((await as('agnes').load(linksOfTicket(number)))[0]).toMatchObject([{ kind: 'split', isOut: false, number: apart.number }]);
  expect((await as('agnes').load(linksOfTicket(apart.number)))[0]).toMatchObject([{ kind: 'split', isOut: true, number }]);
  expect((await told(db)).slice(-2).sort()).toEqual(['ticket.split', 'ticket.split_off']);
  expect((await as('agnes').load(historyPage({ limit: 1 }, number, { type: 'ticket.split' })))[0].items[0]).toMatchObject({ other: apart.number, data: { messages: 2, mode: 'move' } });
});

test('copied messages stay where they were, and remember what they are copies of', async () => {
  const { as, db, number, second } = await conversation();
  const apart = await as('agnes').run(splitTicket, { number, messages: [second], mode: 'copy', subject: 'Another thing' });
  expect(bodies((await as('alice').load(messagesOfTicket(number)))[0])).toEqual(['One.', 'Another thing.']);
  const { rows } = await db.$client.execute({ sql: 'select copied_from, origin_ticket_id = ticket_id as own from ticket_messages where ticket_id = (select id from tickets where number = ?)', args: [apart.number] });
  expect(rows.map((row) => [row['copied_from'], row['own']])).toEqual([[second, 1]]);
});

test('files of what is copied come along, with the same bytes, and stay where they were; those of what is moved go with it', async () => {
  const { as, db } = await stoa();
  const number = await asks(as('alice'), 'Two things', 'One.');
  const file = { id: `att_${'a'.repeat(32)}`, name: 'plan.txt', type: 'text/plain', size: 3, width: null, height: null, sha256: 'x' };
  await as('alice').run(keepFiles, { attachments: [], files: [file] });
  const { id } = await as('alice').run(replyToTicket, { number, body: 'See the plan.', attachments: [file.id] });
  const copy = await as('agnes').run(splitTicket, { number, messages: [id], mode: 'copy', subject: 'Plan' });
  const named = async (of: number) => (await as('alice').load(messagesOfTicket(of)))[0].flatMap(({ attachments }) => attachments.map(({ name, id: one }) => [name, one === file.id]));
  expect([await named(number), await named(copy.number)]).toEqual([[['plan.txt', true]], [['plan.txt', false]]]);
  expect((await db.$client.execute('select distinct coalesce(bytes_of, id) as bytes, owner_id from attachments')).rows.map((row) => [row['bytes'], row['owner_id']])).toEqual([[file.id, 'usr_alice']]);
  const again = await as('agnes').run(splitTicket, { number: copy.number, messages: (await as('agnes').load(messagesOfTicket(copy.number)))[0].map((one) => one.id), mode: 'copy', subject: 'Plan of the plan' });
  const moved = await as('agnes').run(splitTicket, { number, messages: [id], subject: 'Moved' });
  expect([await named(again.number), await named(number), await named(moved.number)]).toEqual([[['plan.txt', false]], [], [['plan.txt', true]]]);
  expect((await db.$client.execute('select distinct coalesce(bytes_of, id) as bytes from attachments')).rows).toHaveLength(1);
});

test('the new ticket is asked what the old one was, or by another form in use, or by none', async () => {
  const { as, db } = await withForm();
  await db.$client.execute("insert into ticket_forms (id, name_en, is_active, created_at) values ('frm_2', 'Sizes', 1, 0), ('frm_3', 'Old', 0, 0)");
  const { number } = await as('alice').run(openTicket, { subject: 'Two things', body: 'One.', form: 'frm_1' });
  const { id } = await as('alice').run(replyToTicket, { number, body: 'Another.' });
  const apart = async (more: object) => (await as('agnes').load(formOfTicket((await as('agnes').run(splitTicket, { number, messages: [id], mode: 'copy', subject: 'X', ...more })).number)))[0]!.formId;
  expect([await apart({}), await apart({ form: 'frm_2' }), await apart({ form: '' }), await apart({ form: null })]).toEqual(['frm_1', 'frm_2', null, null]);
  for (const form of ['frm_3', 'frm_none']) await expect(apart({ form })).rejects.toMatchObject({ issues: { form: expect.any(String) } });
});

test('words of a stranger come to another requester only where that is confirmed', async () => {
  const { as, number } = await conversation();
  const other = await asks(as('carol', { accountRole: 'member' }), 'Mine', 'Hers.');
  await merge(as('agnes'), other, number);
  const [messages] = await as('agnes').load(messagesOfTicket(number));
  const ids = messages.filter(({ visibility }) => visibility === 'public').slice(1).map(({ id }) => id);
  const asked = { number, messages: ids, subject: 'Both' };
  await expect(as('agnes').run(splitTicket, asked)).rejects.toMatchObject({ issues: { confirmed: expect.any(String) } });
  await as('agnes').run(splitTicket, { ...asked, confirmed: 'yes' });
});

test('what cannot be split names its field; strangers find nothing, and who may not is told', async () => {
  const { as, number, second } = await conversation();
  const field = (name: string) => ({ reason: 'invalid', issues: { [name]: expect.any(String) } });
  const [first] = (await as('agnes').load(messagesOfTicket(number)))[0];
  await expect(as('agnes').run(splitTicket, { number, messages: ['msg_none'], subject: 'X' })).rejects.toMatchObject(field('messages'));
  await expect(as('agnes').run(splitTicket, { number, messages: [first!.id, second], subject: 'X' })).rejects.toMatchObject(field('messages'));
  await expect(as('agnes').run(splitTicket, { number, subject: 'X' })).rejects.toMatchObject(field('messages'));
  await expect(as('agnes').run(splitTicket, { number, messages: [second], subject: '' })).rejects.toMatchObject(field('subject'));
  const asked = { number, messages: [second], subject: 'X' };
  for (const name of ['bob', 'mara', 'visitor'] as const) await expect(as(name).run(splitTicket, asked)).rejects.toMatchObject({ reason: 'not_found' });
  for (const name of ['alice', 'lena'] as const) await expect(as(name).run(splitTicket, asked)).rejects.toMatchObject({ reason: 'forbidden' });
});

test('notes alone make a ticket among staff, of whoever splits, which no customer learns of', async () => {
  for (const mode of ['move', 'copy'] as const) {
    const { as, number, note } = await conversation();
    const apart = await as('agnes').run(splitTicket, { number, messages: [note], mode, subject: 'Look into it' });
    expect((await as('alice').load(ticketByNumber(apart.number)))[0]).toBeUndefined();
    const [ticket, messages, links] = await as('agnes').load(ticketAtDesk(apart.number), messagesOfTicket(apart.number), linksOfTicket(apart.number));
    expect(ticket).toMatchObject({ kind: 'internal', status: 'open', requester: { id: 'usr_agnes' }, account: null });
    expect([bodies(messages), messages.map(({ visibility }) => visibility), links.map((one) => one.number)]).toEqual([['Psst.'], ['internal'], [number]]);
    expect((await as('alice').load(ticketsAsked({ limit: 10 }, 'open', 'mine')))[0].items.map((one) => one.number)).toEqual([number]);
    expect(ticket!.waitingSince, 'it waits for somebody to look').not.toBeNull();
  }
});
