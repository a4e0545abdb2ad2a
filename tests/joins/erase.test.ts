import { expect, test } from 'vitest';
import { erasePerson } from '../../worker/privacy/erase.ts';
import { messagesOfTicket, ticketByNumber } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { type cast, stoa } from '../support/stoa.ts';
import { asks, merge } from './support.ts';

const bodies = (messages: { html: string | null }[]) => messages.map(({ html }) => html!.replace(/<[^>]+>/g, '').trim());

test('who is erased takes along what was theirs, and nothing that others had merged into it', async () => {
  const { as, db } = await stoa();
  const erased = await asks(as('alice'), 'Of Alice', 'Alice, first.');
  const [bobs, maras, lenas] = [await asks(as('bob'), 'Of Bob', 'Bob, first.'), await asks(as('mara'), 'Of Mara', 'Mara, first.'), await asks(as('lena'), 'Of Lena', 'Lena, first.')];
  await as('agnes').run(replyToTicket, { number: bobs, body: 'An answer to Bob.' });
  await merge(as('ada'), lenas, maras, { share: 'yes' });
  await merge(as('ada'), bobs, erased, { accounts: true });
  await as('bob').run(replyToTicket, { number: bobs, body: 'Bob, late.' });
  await merge(as('ada'), maras, erased, { share: 'yes' });
  await as('alice').run(replyToTicket, { number: erased, body: 'Alice, last.' });
  const count = async (name: keyof typeof cast) => Number((await db.$client.execute({ sql: 'select count(*) as n from ticket_messages where author_id = ?', args: [`usr_${name}`] })).rows[0]!['n']);
  const before = [await count('bob'), await count('mara'), await count('lena')];

  await as('alice', { provedAt: Number.POSITIVE_INFINITY }).run(erasePerson, { handle: 'alice', email: 'alice@example.org', words: 'go' });
  expect([await count('bob'), await count('mara'), await count('lena')]).toEqual(before);
  expect(await count('alice')).toBe(0);
  for (const portal of [as('bob'), as('agnes')]) {
    const [ticket, messages] = await portal.load(ticketByNumber(bobs), messagesOfTicket(bobs));
    expect([ticket?.number, ticket?.subject, ticket?.status]).toEqual([bobs, 'Of Bob', 'pending']);
    expect(bodies(messages)).toEqual(['Bob, first.', 'An answer to Bob.', 'Bob, late.']);
  }
  expect((await as('mara').load(messagesOfTicket(maras)))[0].length).toBeGreaterThan(0);
  expect((await as('lena').load(messagesOfTicket(lenas)))[0].length).toBeGreaterThan(0);
  expect((await as('agnes').load(ticketByNumber(erased)))[0]).toBeUndefined();
  await as('bob').run(replyToTicket, { number: bobs, body: 'And on.' });
  expect(bodies((await as('agnes').load(messagesOfTicket(bobs)))[0]).at(-1)).toBe('And on.');
  expect((await db.$client.execute("select count(*) as n from ticket_messages m left join tickets t on t.id = m.ticket_id where t.id is null or t.merged_into is not null")).rows[0]!['n']).toBe(0);
});

test('who is erased leaves nothing in tickets of others that theirs were merged into', async () => {
  const { as, db } = await stoa();
  const [theirs, erased] = [await asks(as('bob'), 'Of Bob', 'Bob, first.'), await asks(as('alice'), 'Of Alice', 'Alice, first.')];
  await merge(as('ada'), erased, theirs, { accounts: true });
  await as('alice', { provedAt: Number.POSITIVE_INFINITY }).run(erasePerson, { handle: 'alice', email: 'alice@example.org', words: 'stay' });
  expect(bodies((await as('agnes').load(messagesOfTicket(theirs)))[0])).toEqual(['Bob, first.']);
  expect((await db.$client.execute("select number from tickets")).rows.map(({ number }) => number)).toEqual([theirs]);
});
