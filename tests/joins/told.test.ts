import { expect, test } from 'vitest';
import { copyOnTicket } from '../../worker/tickets/copy.ts';
import { messagesOfTicket } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { newsroom } from '../notifications/support.ts';
import { asks, merge } from './support.ts';

test('what is written to a privately merged ticket is told to its own people, and to nobody of the other ticket', async () => {
  const { as, deliver, told, db } = await newsroom();
  const [first, second] = [await asks(as('alice'), 'First'), await asks(as('bob'), 'Second')];
  await as('alice').run(copyOnTicket, { number: first, email: 'mara@example.org' });
  await as('bob').run(copyOnTicket, { number: second, email: 'lena@example.org' });
  await deliver();
  await db.$client.execute('delete from notifications');
  await merge(as('ada'), second, first, { accounts: true });
  await as('bob').run(replyToTicket, { number: second, body: 'Mine.' });
  await deliver();
  for (const name of ['alice', 'mara', 'bob'] as const) expect([name, await told(name)]).toEqual([name, []]);
  const { rows } = await db.$client.execute("select user_id, kind, (select subject from tickets where id = ticket_id) as subject from notifications");
  expect(rows.map((row) => ({ ...row }))).toEqual([{ user_id: 'usr_lena', kind: 'followed', subject: 'Second' }]);

  await as('alice').run(replyToTicket, { number: first, body: 'Hers.' });
  await deliver();
  expect(await told('mara')).toEqual([['followed', 'First', 4]]);
  expect(await told('bob')).toEqual([]);
});

test('a note does not keep its customer from answering to what they have read', async () => {
  const { as } = await newsroom();
  const number = await asks(as('alice'));
  const { id } = await as('agnes').run(replyToTicket, { number, body: 'An answer.' });
  const seen = (await as('alice').load(messagesOfTicket(number)))[0].find((one) => one.id === id)!.number;
  await as('agnes').run(replyToTicket, { number, body: 'A note.', visibility: 'internal' });
  await as('alice').run(replyToTicket, { number, body: 'Thanks.', seen });
  await expect(as('lena').run(replyToTicket, { number, body: 'A late note.', visibility: 'internal', seen })).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(replyToTicket, { number, body: 'Another answer.' });
  await expect(as('alice').run(replyToTicket, { number, body: 'Crossed.', seen: seen + 1 })).rejects.toMatchObject({ reason: 'conflict' });
});
