import { expect, test } from 'vitest';
import { changeTicket } from '../../worker/tickets/change.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import { ticketByNumber } from '../../worker/tickets/queries.ts';
import { reopenTicket } from '../../worker/tickets/reopen.ts';
import { type Stoa, stoa } from '../support/stoa.ts';
import { asks, told } from './support.ts';

const statusOf = async ({ as }: Stoa, number: number) => (await as('agnes').load(ticketByNumber(number)))[0]?.status;

test('who asked, their account admin and who holds the link say that it is solved, and that it is not', async () => {
  const here = await stoa();
  const { as, db } = here;
  const number = await asks(as('alice'));
  for (const portal of [as('alice'), as('carol'), as('visitor', { guestOf: number })]) {
    await portal.run(closeTicket, { number });
    expect(await statusOf(here, number)).toBe('solved');
    await portal.run(reopenTicket, { number });
    expect(await statusOf(here, number)).toBe('open');
  }
  expect((await told(db)).filter((type) => type !== 'ticket.opened')).toHaveLength(6);
});

test('what is solved cannot be solved, what is open cannot be reopened, what is closed stays closed', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await expect(as('alice').run(reopenTicket, { number })).rejects.toMatchObject({ reason: 'conflict' });
  await as('alice').run(closeTicket, { number });
  await expect(as('alice').run(closeTicket, { number })).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(changeTicket, { number, status: 'closed' });
  await expect(as('alice').run(reopenTicket, { number })).rejects.toMatchObject({ reason: 'conflict' });
});

test('strangers and visitors find nothing; staff set the status instead', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  for (const verb of [closeTicket, reopenTicket]) {
    for (const name of ['bob', 'mara', 'visitor'] as const) await expect(as(name).run(verb, { number })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as('alice').run(verb, { number: 'x' })).rejects.toMatchObject({ reason: 'invalid', issues: { number: expect.any(String) } });
  }
  await expect(as('agnes').run(closeTicket, { number })).rejects.toMatchObject({ reason: 'forbidden' });
});
