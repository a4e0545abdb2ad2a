import { expect, test } from 'vitest';
import { linkTickets } from '../../worker/links/link.ts';
import { asks } from '../joins/support.ts';
import { newsroom } from '../notifications/support.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { snoozeTicket } from '../../worker/tickets/snooze.ts';
import { ticketAtDesk } from '../../worker/tickets/queries.ts';

test('a ticket put aside until a linked one changes is back when that does, and whoever has it is told once', async () => {
  const { as, deliver, deliverAgain, told } = await newsroom();
  const [number, other, third] = [await asks(as('alice'), 'Put aside'), await asks(as('bob'), 'The other'), await asks(as('bob'), 'Another')];
  const snoozed = async () => (await as('agnes').load(ticketAtDesk(number)))[0]!.snooze;
  await expect(as('agnes').run(snoozeTicket, { number, until: 'linked' })).rejects.toMatchObject({ issues: { until: expect.any(String) } });
  await as('agnes').run(linkTickets, { number, other, as: 'related' });
  await as('agnes').run(changeTicket, { number, assignee: 'usr_agnes' });
  await expect(as('agnes').run(snoozeTicket, { number, until: 'linked', close: 'on' })).rejects.toMatchObject({ issues: { until: expect.any(String) } });
  await as('agnes').run(snoozeTicket, { number, until: 'linked' });
  await as('agnes').run(replyToTicket, { number: third, body: 'Elsewhere.' });
  await as('agnes').run(replyToTicket, { number: other, body: 'A note.', visibility: 'internal' });
  await deliver();
  expect(await snoozed()).toBe('linked');
  await as('agnes').run(changeTicket, { number: other, status: 'on_hold' });
  await deliver();
  await deliverAgain();
  await deliver();
  expect(await snoozed()).toBeNull();
  expect((await told('agnes')).filter(([kind]) => kind === 'woken')).toEqual([['woken', 'Put aside', null]]);

  await as('agnes').run(snoozeTicket, { number, until: 'linked' });
  await as('bob').run(replyToTicket, { number: other, body: 'More.' });
  await deliver();
  expect(await snoozed()).toBeNull();
  await as('agnes').run(snoozeTicket, { number, until: 'linked' });
  await as('alice').run(replyToTicket, { number, body: 'And here?' });
  expect(await snoozed()).toBeNull();
});
