import { expect, test } from 'vitest';
import { makeFindable } from '../../worker/beside/jobs.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { ticketAtDesk, ticketByNumber } from '../../worker/tickets/queries.ts';
import { ticketsPage } from '../../worker/tickets/records.ts';
import { asks, merge, unmerge } from '../joins/support.ts';
import { settingOf, stoa } from '../support/stoa.ts';

test('staff change the subject: the customer reads the new one, the history has both, and search finds the new one only', async () => {
  const here = await stoa();
  const { as } = here;
  const number = await asks(as('alice'), 'Hello there', 'Help.');
  await as('agnes').run(changeTicket, { number, subject: ' Printers\nburn ' });
  const [ticket, history] = await as('agnes').load(ticketAtDesk(number), historyOfTicket(number));
  expect(ticket).toMatchObject({ subject: 'Printers burn', status: 'new', revision: 2 });
  expect(history[1]).toMatchObject({ type: 'ticket.changed', actorName: 'agnes', data: { from: { subject: 'Hello there' }, to: { subject: 'Printers burn' } } });
  expect((await as('alice').load(ticketByNumber(number)))[0]?.subject).toBe('Printers burn');
  await makeFindable.work(settingOf(here));
  const found = async (question: string) => (await as('agnes').load(ticketsPage({ limit: 9 }, undefined, question)))[0].items.map((one) => one.number);
  expect([await found('printer'), await found('there')]).toEqual([[number], []]);
});

test('the same subject is no change; an empty one, one of a closed ticket, and one decided on an older page are refused', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'), 'Hello');
  await as('agnes').run(changeTicket, { number, subject: 'Hello' });
  expect((await as('agnes').load(ticketAtDesk(number)))[0]).toMatchObject({ revision: 1 });
  await expect(as('agnes').run(changeTicket, { number, subject: ' ' })).rejects.toMatchObject({ issues: { subject: 'Say it in a few words.' } });
  await expect(as('agnes').run(changeTicket, { number, subject: 'x'.repeat(201) })).rejects.toMatchObject({ issues: { subject: expect.any(String) } });
  await as('cleo').run(changeTicket, { number, subject: 'Of Cleo', revision: 1 });
  await expect(as('agnes').run(changeTicket, { number, subject: 'Of Agnes', revision: 1 })).rejects.toMatchObject({ reason: 'conflict' });
  for (const [who, reason] of [['alice', 'forbidden'], ['lena', 'forbidden'], ['bob', 'not_found'], ['visitor', 'not_found']] as const) await expect(as(who).run(changeTicket, { number, subject: 'Mine' })).rejects.toMatchObject({ reason });
  await as('agnes').run(changeTicket, { number, status: 'closed' });
  await expect(as('agnes').run(changeTicket, { number, subject: 'Too late' })).rejects.toMatchObject({ reason: 'conflict' });
});

test('a subject that changes while tickets are one stays with the ticket that it is of', async () => {
  const { as } = await stoa();
  const [first, second] = [await asks(as('alice'), 'First'), await asks(as('alice'), 'Second')];
  await merge(as('agnes'), second, first);
  await as('agnes').run(changeTicket, { number: second, subject: 'Both' });
  await unmerge(as('agnes'), second);
  const subjects = await Promise.all([first, second].map(async (number) => (await as('agnes').load(ticketAtDesk(number)))[0]?.subject));
  expect(subjects).toEqual(['Both', 'Second']);
});
