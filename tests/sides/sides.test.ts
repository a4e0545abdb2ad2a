import { expect, test } from 'vitest';
import { historyPage } from '../../worker/history/queries.ts';
import { mails } from '../../worker/mail/schema.ts';
import { notifications } from '../../worker/notifications/schema.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { deliver } from '../../worker/reactions.ts';
import { answerSide } from '../../worker/sides/answer.ts';
import { letterId, replyAddress } from '../../worker/sides/link.ts';
import { openSide } from '../../worker/sides/open.ts';
import { sideByKey, sideMembersOfTicket, sideMessagesByKey, sideMessagesOfTicket, sidesOfTicket } from '../../worker/sides/queries.ts';
import { writeInSide } from '../../worker/sides/write.ts';
import { keepGroup } from '../../worker/groups/keep.ts';
import { openInternalTicket } from '../../worker/tickets/open-internal.ts';
import { messagesOfTicket, ticketAtDesk, ticketByNumber, ticketsAsked } from '../../worker/tickets/queries.ts';
import { messagesPage, ticketsPage, wholeTicket } from '../../worker/tickets/records.ts';
import { asks } from '../joins/support.ts';
import { SECRET, type Stoa, stoa } from '../support/stoa.ts';
import { told } from '../tickets/support.ts';

const url = 'https://help.example';

async function aside(here: Stoa) {
  const { as, db } = here;
  const number = await asks(as('alice'));
  const side = await as('agnes').run(openSide, { number, subject: 'A part', body: 'Can you send a canary?', colleagues: ['usr_cleo'], email: 'vera@vendor.test', name: 'Vera', locale: 'el', url });
  const [letter] = await db.select().from(mails);
  const key = /\/el\/side\?key=([\w-]+)/.exec(letter!.text)![1]!;
  return { number, side: side.id, letter: letter!, key };
}

test('a vendor gets a letter in their language, signed, and answers by its link; the customer learns nothing of it', async () => {
  const here = await stoa();
  const { as, db } = here;
  const { number, side, letter, key } = await aside(here);
  const [[member]] = [(await db.$client.execute('select id from side_members where email is not null')).rows];
  const message = String((await db.$client.execute('select id from side_messages')).rows[0]!['id']);
  expect(letter).toMatchObject({ toAddress: 'vera@vendor.test', locale: 'el', id: letterId(SECRET, message, String(member!['id'])), headers: { 'Reply-To': replyAddress(SECRET, String(member!['id']), 'help.example') } });
  expect(letter.text).toContain('Can you send a canary?');

  const vera = as('visitor');
  await vera.run(answerSide, { key, body: 'The canary flies on Monday.' });
  expect((await vera.load(sideByKey(key), sideMessagesByKey(key)))[1].map(({ author }) => author)).toEqual(['agnes', 'Vera']);
  await as('cleo').run(writeInSide, { side, body: 'Thank you.', url });
  expect((await as('agnes').load(sideMessagesOfTicket(number)))[0].map(({ author, isOutside }) => [author, isOutside])).toEqual([['agnes', false], ['Vera', true], ['cleo', false]]);
  expect(await db.select().from(mails)).toHaveLength(2);
  expect((await told(db)).filter((type) => type.startsWith('side.'))).toEqual(['side.opened', 'side.written', 'side.written']);

  for (const portal of [as('alice'), as('carol'), as('bob'), as('mara'), as('visitor', { guestOf: number })]) {
    const found = await portal.load(ticketByNumber(number), messagesOfTicket(number), wholeTicket(number), messagesPage({ limit: 50 }, number), sidesOfTicket(number), sideMessagesOfTicket(number), sideMembersOfTicket(number), historyPage({ limit: 50 }, number, {}));
    expect(JSON.stringify(found)).not.toMatch(/canary|Vera|vendor|A part|side/);
  }
  await deliver(db, gateOf(db));
  const news = await db.select().from(notifications);
  expect(news.map(({ userId }) => userId).filter((id) => ['usr_alice', 'usr_carol', 'usr_bob'].includes(id))).toEqual([]);
  expect(news.some(({ userId, kind }) => userId === 'usr_cleo' && kind === 'aside')).toBe(true);
});

test('a key opens one conversation, and nothing without it', async () => {
  const here = await stoa();
  const { as } = here;
  const { key } = await aside(here);
  for (const wrong of ['', 'none', `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`]) {
    await expect(as('visitor').load(sideByKey(wrong))).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as('visitor').run(answerSide, { key: wrong, body: 'Hello.' })).rejects.toMatchObject({ reason: 'not_found' });
  }
  await expect(as('visitor').run(answerSide, { key, body: ' ' })).rejects.toMatchObject({ issues: { body: 'Write a message.' } });
});

test('who answers thirty times an hour has to wait', async () => {
  const here = await stoa();
  const { as } = here;
  const { key } = await aside(here);
  for (let i = 0; i < 30; i++) await as('visitor').run(answerSide, { key, body: `Word ${i}` });
  await expect(as('visitor').run(answerSide, { key, body: 'And more.' })).rejects.toMatchObject({ reason: 'too_many' });
});

test('only those who answer begin one, with somebody; a light agent takes part', async () => {
  const here = await stoa();
  const { as } = here;
  const { number, side } = await aside(here);
  const asked = { number, subject: 'A part', body: 'Can you?', email: 'v@vendor.test', url };
  for (const name of ['bob', 'mara', 'visitor'] as const) await expect(as(name).run(openSide, asked)).rejects.toMatchObject({ reason: 'not_found' });
  for (const name of ['alice', 'lena'] as const) await expect(as(name).run(openSide, asked)).rejects.toMatchObject({ reason: 'forbidden' });
  for (const name of ['alice', 'bob', 'visitor'] as const) await expect(as(name).run(writeInSide, { side, body: 'Hello.', url })).rejects.toMatchObject({ reason: 'not_found' });
  for (const body of ['I know them.', 'Well.']) await as('lena').run(writeInSide, { side, body, url });
  expect((await as('agnes').load(sideMembersOfTicket(number)))[0].map(({ name }) => name).sort()).toEqual(['Vera', 'agnes', 'cleo', 'lena']);
  await expect(as('agnes').run(openSide, { ...asked, email: '' })).rejects.toMatchObject({ issues: { email: expect.any(String) } });
  await expect(as('agnes').run(openSide, { ...asked, email: 'v' })).rejects.toMatchObject({ issues: { email: expect.any(String) } });
  await expect(as('agnes').run(openSide, { ...asked, colleagues: ['usr_alice'] })).rejects.toMatchObject({ issues: { colleagues: expect.any(String) } });
});

test('a group takes part as a whole, each of its members once; a group with nobody else in it is no company', async () => {
  const here = await stoa();
  const { as, db } = here;
  const number = await asks(as('alice'));
  const { id: group } = await as('ada').run(keepGroup, { name: 'Kitchen', members: ['usr_agnes', 'usr_cleo', 'usr_ada'] });
  const { id: alone } = await as('ada').run(keepGroup, { name: 'Alone', members: ['usr_agnes'] });
  const asked = { number, subject: 'A part', body: 'Can you?', url };
  await as('agnes').run(openSide, { ...asked, group, colleagues: ['usr_cleo'] });
  expect((await as('agnes').load(sideMembersOfTicket(number)))[0].map(({ name }) => name).sort()).toEqual(['ada', 'agnes', 'cleo']);
  await deliver(db, gateOf(db));
  expect((await db.select().from(notifications)).filter(({ kind }) => kind === 'aside').map(({ userId }) => userId).sort()).toEqual(['usr_ada', 'usr_cleo']);
  for (const other of ['grp_none', alone]) await expect(as('agnes').run(openSide, { ...asked, group: other })).rejects.toMatchObject({ issues: { group: expect.any(String) } });
  await expect(as('agnes').run(openSide, { ...asked, group, colleagues: ['usr_alice'] })).rejects.toMatchObject({ issues: { colleagues: expect.any(String) } });
  await as('agnes').run(openSide, { ...asked, group: alone, email: 'vera@vendor.test' });
});

test('an internal ticket is for a group of the team, and for somebody in it, by who may give tickets away', async () => {
  const { as, db } = await stoa();
  const { id: group } = await as('ada').run(keepGroup, { name: 'Kitchen', members: ['usr_cleo'] });
  const words = { subject: 'The kitchen', body: 'Is empty.' };
  const { number } = await as('lena').run(openInternalTicket, { ...words, group });
  expect((await as('agnes').load(ticketAtDesk(number)))[0]).toMatchObject({ groupName: 'Kitchen', assigneeName: null, kind: 'internal' });
  const held = await as('agnes').run(openInternalTicket, { ...words, group, assignee: 'usr_cleo' });
  expect((await as('agnes').load(ticketAtDesk(held.number)))[0]).toMatchObject({ groupName: 'Kitchen', assigneeName: 'cleo' });
  const [[entry]] = [(await as('agnes').load(historyPage({ limit: 1 }, held.number, {})))[0].items];
  expect(entry).toMatchObject({ type: 'ticket.opened', data: { groupId: group, assigneeId: 'usr_cleo' } });
  await expect(as('lena').run(openInternalTicket, { ...words, assignee: 'usr_cleo' })).rejects.toMatchObject({ reason: 'forbidden' });
  for (const [wrong, field] of [[{ group: 'grp_none' }, 'group'], [{ assignee: 'usr_alice' }, 'assignee'], [{ group, assignee: 'me' }, 'assignee']] as const) {
    await expect(as('agnes').run(openInternalTicket, { ...words, ...wrong })).rejects.toMatchObject({ issues: { [field]: expect.any(String) } });
  }
  const confined = as('agnes', { scopes: { groups: [group] } });
  await expect(confined.run(openInternalTicket, words)).rejects.toMatchObject({ issues: { group: 'Choose a group from the list.' } });
  await confined.run(openInternalTicket, { ...words, group });
  expect((await db.$client.execute("select 1 from tickets where kind = 'internal'")).rows).toHaveLength(3);
});

test('an internal ticket is among staff: no customer finds it, not even one who opened it while they worked here', async () => {
  const { as, db } = await stoa();
  const { number } = await as('lena').run(openInternalTicket, { subject: 'The kitchen', body: 'Is empty.' });
  expect((await as('agnes').load(ticketByNumber(number)))[0]?.subject).toBe('The kitchen');
  for (const portal of [as('alice'), as('carol'), as('bob'), as('visitor', { guestOf: number }), as('alice', { id: 'usr_lena' })]) {
    const [ticket, messages, list, records] = await portal.load(ticketByNumber(number), messagesOfTicket(number), ticketsAsked({ limit: 9 }, 'open', 'mine'), ticketsPage({ limit: 9 }));
    expect([ticket, messages, list.items, records.items]).toEqual([undefined, [], [], []]);
  }
  expect((await db.$client.execute('select 1 from feedback')).rows).toEqual([]);
  await expect(as('alice').run(openInternalTicket, { subject: 'Hello', body: 'Hello.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(openInternalTicket, { subject: 'Hello', body: 'Hello.' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('agnes').run(openInternalTicket, { subject: '', body: 'Hello.' })).rejects.toMatchObject({ issues: { subject: expect.any(String) } });
});
