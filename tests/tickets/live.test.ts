import { expect, test } from 'vitest';
import { newestTicket, newsOfTicket, newTickets } from '../../worker/tickets/live.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { asks } from '../joins/support.ts';
import { stoa } from '../support/stoa.ts';

test('what is new is counted by who sees it; for who sees nothing there is nothing', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(replyToTicket, { number, body: 'A note.', visibility: 'internal' });
  const { id } = await as('agnes').run(replyToTicket, { number, body: 'An answer.' });
  expect(await as('alice').load(newsOfTicket(number, 1))).toMatchObject([{ count: 1, first: id }]);
  expect((await as('lena').load(newsOfTicket(number, 1)))[0].count).toBe(2);
  expect(await as('agnes').load(newsOfTicket(number, 3))).toMatchObject([{ count: 0, first: null }]);
  for (const name of ['bob', 'visitor'] as const) await expect(as(name).load(newsOfTicket(number, 0))).rejects.toMatchObject({ reason: 'not_found' });
  const [{ number: seen }] = await as('agnes').load(newestTicket());
  await asks(as('bob'));
  expect(await as('agnes').load(newTickets(seen))).toMatchObject([{ count: 1, first: number + 1 }]);
  await expect(as('bob').load(newTickets(0))).rejects.toMatchObject({ reason: 'not_found' });
});
