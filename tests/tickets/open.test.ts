import { expect, test } from 'vitest';
import { feedback } from '../../worker/insights/schema.ts';
import { users } from '../../worker/people/schema.ts';
import { messagesOfTicket, ticketByNumber } from '../../worker/tickets/queries.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { stoa } from '../support/stoa.ts';
import { told } from './support.ts';

test('a customer opens a ticket: it is announced, remembered, and theirs', async () => {
  const { as, db } = await stoa();
  const { id, number } = await as('alice').run(openTicket, { subject: 'The printer\nburns', body: 'Help **me**.', priority: 'high' });

  const [ticket, messages] = await as('alice').load(ticketByNumber(number), messagesOfTicket(number));
  expect(ticket).toMatchObject({ subject: 'The printer burns', status: 'new', priority: 'high', assigneeName: null });
  expect(messages.map((m) => m.html)).toEqual([expect.stringContaining('<strong>me</strong>')]);
  expect(await told(db)).toContain('ticket.opened');
  const row = (await db.select().from(tickets)).find((one) => one.id === id)!;
  expect(row.waitingSince).toEqual(row.createdAt);
  const said = (await db.select().from(feedback)).filter((saying) => saying.sourceId === id);
  expect(said).toMatchObject([{ source: 'ticket', number, place: 1, text: 'Help **me**.', locale: 'en', personId: as('alice').viewer.id }]);
});

test('numbers stay one after another when twelve open a ticket at once', async () => {
  const { as } = await stoa();
  const opened = await Promise.all(Array.from({ length: 12 }, (_, i) => as('bob').run(openTicket, { subject: `Number ${i}`, body: 'Me too.' })));
  const numbers = opened.map(({ number }) => number).sort((a, b) => a - b);
  expect(numbers.map((number) => number - numbers[0]!)).toEqual(numbers.map((_, i) => i));
});

test('a ticket that is sent twice is one ticket', async () => {
  const { as, db } = await stoa();
  const input = { subject: 'Only once', body: 'Once.' };
  const [first, second] = [await as('bob').run(openTicket, input, 'same-key'), await as('bob').run(openTicket, input, 'same-key')];
  expect(second).toEqual(first);
  expect((await db.select().from(tickets)).filter((ticket) => ticket.subject === 'Only once')).toHaveLength(1);
});

test('a visitor leaves an address, and becomes a person who cannot sign in', async () => {
  const { as, db } = await stoa();
  const { number } = await as('visitor').run(openTicket, { subject: 'From outside', body: 'Γεια σας.', email: 'Gina.Guest@Far.test', locale: 'el' });

  const gina = (await db.select().from(users)).find((user) => user.email === 'gina.guest@far.test')!;
  expect(gina).toMatchObject({ name: 'Gina Guest', passwordHash: null, role: 'customer', locale: 'el' });
  expect(gina.handle).toMatch(/^gina-guest-[0-9a-f]{8}$/);
  const [ticket] = await as('visitor', { guestOf: number }).load(ticketByNumber(number));
  expect(ticket?.requesterId).toBe(gina.id);
  expect((await db.select().from(feedback)).find((saying) => saying.number === number)).toMatchObject({ locale: 'el', personId: gina.id });
});

test('two visitors with one new address at the same moment are one person', async () => {
  const { as, db } = await stoa();
  const input = { subject: 'Twins', body: 'Us.', email: 'twins@far.test' };
  await Promise.all([as('visitor').run(openTicket, input), as('visitor').run(openTicket, input)]);
  expect((await db.select().from(users)).filter((user) => user.email === 'twins@far.test')).toHaveLength(1);
});

test('a visitor with the address of somebody here gives them the ticket and learns nothing', async () => {
  const { as, db } = await stoa();
  const alice = (await db.select().from(users)).find((user) => user.id === as('alice').viewer.id)!;
  const result = await as('visitor').run(openTicket, { subject: 'In her name', body: 'Hello.', email: alice.email });

  expect(Object.keys(result).sort()).toEqual(['id', 'number']);
  expect((await as('alice').load(ticketByNumber(result.number)))[0]).toMatchObject({ subject: 'In her name' });
  expect(await db.select().from(users)).toContainEqual(alice);
});

test('bad input names its field', async () => {
  const { as } = await stoa();
  await expect(as('alice').run(openTicket, { subject: ' ', body: '', priority: 'mild' })).rejects.toMatchObject({
    reason: 'invalid',
    issues: { subject: 'Say it in a few words.', body: 'Write a message.', priority: 'Choose a priority from the list.' },
  });
  await expect(as('visitor').run(openTicket, { subject: 'No address', body: 'Hello.', email: '' })).rejects.toMatchObject({ issues: { email: 'Enter your e-mail address.' } });
  await expect(as('visitor').run(openTicket, { subject: 'No address', body: 'Hello.', email: 'nowhere' })).rejects.toMatchObject({ issues: { email: expect.any(String) } });
});
