import { expect, test } from 'vitest';
import { changeTicket } from '../../worker/tickets/change.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { ticketAtDesk, ticketByNumber } from '../../worker/tickets/queries.ts';
import { stoa } from '../support/stoa.ts';
import { asks, inHour } from './support.ts';

test('staff set status, priority, assignee and tags; the history tells from what to what', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, status: 'on_hold', priority: 'urgent', assignee: 'me', tags: 'Fire, printer' });

  const [ticket, history] = await as('cleo').load(ticketAtDesk(number), historyOfTicket(number));
  expect(ticket).toMatchObject({ status: 'on_hold', priority: 'urgent', assigneeId: as('agnes').viewer.id, tags: ['fire', 'printer'], revision: 2 });
  expect(history.map((entry) => entry.type)).toEqual(['ticket.opened', 'ticket.changed']);
  expect(history[1]?.data).toMatchObject({ from: { status: 'new', tags: [] }, to: { status: 'on_hold', tags: ['fire', 'printer'] } });
});

test('what is left out stays, and what is already so is no change', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, assignee: as('cleo').viewer.id });
  await as('agnes').run(changeTicket, { number, priority: 'normal', tags: '' });
  expect((await as('agnes').load(ticketAtDesk(number)))[0]).toMatchObject({ assigneeId: as('cleo').viewer.id, priority: 'normal', revision: 2 });
  await as('agnes').run(changeTicket, { number, assignee: '' });
  expect((await as('agnes').load(ticketAtDesk(number)))[0]).toMatchObject({ assigneeId: null });
});

test('of two who decide on the same page, the second looks again', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  const revision = (await as('agnes').load(ticketAtDesk(number)))[0]!.revision;
  await as('agnes').run(changeTicket, { number, status: 'open', revision });
  await expect(as('cleo').run(changeTicket, { number, status: 'solved', revision })).rejects.toMatchObject({ reason: 'conflict' });
});

test('closing a solved ticket leaves when it was solved', async () => {
  const { as, db } = await stoa();
  const number = await asks(inHour(db, as('alice').viewer, 1));
  await inHour(db, as('agnes').viewer, 2).run(changeTicket, { number, status: 'solved' });
  await inHour(db, as('agnes').viewer, 30).run(changeTicket, { number, status: 'closed' });
  expect((await as('alice').load(ticketByNumber(number)))[0]?.solvedAt?.getUTCHours()).toBe(2);
});

test('a closed ticket does not change', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await as('ada').run(changeTicket, { number, status: 'closed' });
  await expect(as('ada').run(changeTicket, { number, status: 'open' })).rejects.toMatchObject({ reason: 'conflict' });
});

test('bad input names its field', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await expect(as('agnes').run(changeTicket, { number, status: 'odd' })).rejects.toMatchObject({ issues: { status: 'Choose a status from the list.' } });
  for (const assignee of [as('alice').viewer.id, 'usr_nobody', '\ud800', '\u0000']) {
    await expect(as('agnes').run(changeTicket, { number, assignee })).rejects.toMatchObject({ issues: { assignee: 'Choose someone from the list.' } });
  }
});

test('customers may not, strangers find nothing', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  for (const name of ['alice', 'carol'] as const) await expect(as(name).run(changeTicket, { number, priority: 'urgent' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor', { guestOf: number }).run(changeTicket, { number, priority: 'urgent' })).rejects.toMatchObject({ reason: 'signed_out' });
  for (const name of ['bob', 'mara', 'visitor'] as const) await expect(as(name).run(changeTicket, { number })).rejects.toMatchObject({ reason: 'not_found' });
});
