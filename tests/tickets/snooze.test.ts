import { expect, test } from 'vitest';
import { changeTicket } from '../../worker/tickets/change.ts';
import { wakeTickets } from '../../worker/tickets/jobs.ts';
import { ticketAtDesk, ticketByNumber } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { snoozeTicket } from '../../worker/tickets/snooze.ts';
import { wakeTicket } from '../../worker/tickets/wake.ts';
import { conditionOf } from '../../worker/views/input.ts';
import { ticketsMatching } from '../../worker/views/queries.ts';
import { morningOf } from '../../worker/platform/days.ts';
import { newsroom } from '../notifications/support.ts';
import { settingOf } from '../support/stoa.ts';
import { asks } from './support.ts';

async function waiting() {
  const world = await newsroom();
  const number = await asks(world.as('alice'));
  const seen = async (snoozed?: '1') => (await world.as('agnes').load(ticketsMatching({ limit: 10 }, { condition: conditionOf({ snoozed }), sort: 'priority' })))[0].items.map((one) => one.number);
  const at = (moment: string) => settingOf({ db: world.db, now: new Date(moment) });
  return { ...world, number, seen, at };
}

test('a ticket is out of the queue until its morning, where the reader is, and then its holder hears of it', async () => {
  const { as, number, seen, at, deliver, told } = await waiting();
  await as('agnes').run(changeTicket, { number, assignee: 'me' });
  await as('agnes', { timeZone: 'Europe/Athens' }).run(snoozeTicket, { number, until: 'day', day: '2026-01-08' });
  expect([await seen(), await seen('1')]).toEqual([[], [number]]);
  expect((await as('agnes').load(ticketAtDesk(number)))[0]!.snoozedUntil).toEqual(new Date('2026-01-08T06:00:00Z'));
  expect(await wakeTickets.work(at('2026-01-08T05:59:00Z'))).toBe(0);
  expect(await wakeTickets.work(at('2026-01-08T06:00:00Z'))).toBe(1);
  expect(await wakeTickets.work(at('2026-01-08T06:01:00Z'))).toBe(0);
  await deliver();
  expect([await seen(), await seen('1')]).toEqual([[number], []]);
  expect((await told('agnes')).map(([kind]) => kind)).toEqual(['woken']);
});

test('the customer’s word wakes it, whatever it waits for; so does a colleague, and solving it', async () => {
  const { as, number, seen } = await waiting();
  for (const until of ['reply', 'tomorrow', 'monday'] as const) {
    await as('agnes').run(snoozeTicket, { number, until });
    expect(await seen()).toEqual([]);
    await as('alice').run(replyToTicket, { number, body: 'Any news?' });
    expect(await seen()).toEqual([number]);
  }
  await as('agnes').run(snoozeTicket, { number, until: 'reply' });
  await as('cleo').run(wakeTicket, { number });
  expect(await seen()).toEqual([number]);
  await expect(as('cleo').run(wakeTicket, { number })).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(snoozeTicket, { number, until: 'reply' });
  await as('agnes').run(changeTicket, { number, status: 'solved' });
  expect(await seen('1')).toEqual([]);
});

test('closing it at the date is silent, and does not happen when the customer wrote first', async () => {
  const { as, number, at, deliver, told } = await waiting();
  const other = await asks(as('bob'), 'Another');
  for (const one of [number, other]) await as('agnes').run(snoozeTicket, { number: one, until: 'day', day: '2026-01-09', close: true });
  await as('bob').run(replyToTicket, { number: other, body: 'Wait!' });
  await deliver();
  const before = [await told('alice'), await told('bob')];
  expect(await wakeTickets.work(at('2026-01-10T00:00:00Z'))).toBe(1);
  await deliver();
  expect([(await as('alice').load(ticketByNumber(number)))[0]!.status, (await as('bob').load(ticketByNumber(other)))[0]!.status]).toEqual(['closed', 'new']);
  expect([await told('alice'), await told('bob')]).toEqual(before);
});

test('a day that is over, or missing, is said beside its field; a solved ticket waits for nothing; strangers find nothing', async () => {
  const { as, number } = await waiting();
  await expect(as('agnes').run(snoozeTicket, { number, until: 'day' })).rejects.toMatchObject({ issues: { day: 'Choose a day.' } });
  await expect(as('agnes').run(snoozeTicket, { number, until: 'day', day: '2026-01-04' })).rejects.toMatchObject({ issues: { day: 'Choose a day that is still to come.' } });
  await expect(as('agnes').run(snoozeTicket, { number, until: 'some time' })).rejects.toMatchObject({ issues: { until: 'Choose until when.' } });
  await expect(as('bob').run(snoozeTicket, { number, until: 'reply' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('visitor').run(snoozeTicket, { number, until: 'reply' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(snoozeTicket, { number, until: 'reply' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('agnes').run(changeTicket, { number, status: 'solved' });
  await expect(as('agnes').run(snoozeTicket, { number, until: 'reply' })).rejects.toMatchObject({ reason: 'conflict' });
});

test('mornings are those of the zone, on the days when clocks change too', () => {
  const at = (zone: string, now: string, day: string) => morningOf(zone, new Date(now), day, 8).toISOString();
  expect(at('Europe/Berlin', '2026-03-28T20:00:00Z', 'tomorrow')).toBe('2026-03-29T06:00:00.000Z');
  expect(at('Europe/Berlin', '2026-10-24T20:00:00Z', 'tomorrow')).toBe('2026-10-25T07:00:00.000Z');
  expect(at('America/New_York', '2026-01-06T02:00:00Z', 'tomorrow')).toBe('2026-01-06T13:00:00.000Z');
  expect(at('UTC', '2026-01-05T09:00:00Z', 'monday')).toBe('2026-01-12T08:00:00.000Z');
  expect(at('UTC', '2026-01-04T09:00:00Z', 'monday')).toBe('2026-01-05T08:00:00.000Z');
});
