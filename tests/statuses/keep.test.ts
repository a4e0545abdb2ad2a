import { expect, test } from 'vitest';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { allStatuses } from '../../worker/statuses/queries.ts';
import { keepStatus } from '../../worker/statuses/keep.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { ticketAtDesk, ticketByNumber, ticketsAsked } from '../../worker/tickets/queries.ts';
import { wholeTicket } from '../../worker/tickets/records.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { sendHeld } from '../../worker/tickets/send.ts';
import { stoa } from '../support/stoa.ts';
import { asks, queue } from '../tickets/support.ts';

const parts = { category: 'pending', agentEn: 'Waiting for parts', agentEl: 'Αναμονή ανταλλακτικών', customerEn: 'We ordered what is missing', isActive: true };

async function world() {
  const it = await stoa();
  const { id } = await it.as('ada').run(keepStatus, parts);
  const number = await asks(it.as('alice'));
  return { ...it, id, number };
}

test('agents choose a status in own words; customers read theirs; queues go by its kind', async () => {
  const { as, id, number } = await world();
  await as('agnes').run(changeTicket, { number, status: id });
  const [desk, history] = await as('agnes').load(ticketAtDesk(number), historyOfTicket(number));
  expect(desk).toMatchObject({ status: 'pending', statusId: id });
  expect(history.at(-1)?.data).toEqual({ from: { status: 'new', statusId: null }, to: { status: 'pending', statusId: id } });
  const [mine, list] = await as('alice').load(ticketByNumber(number), ticketsAsked({ limit: 5 }, 'open', 'mine'));
  const words = { en: 'We ordered what is missing', el: 'We ordered what is missing' };
  expect([mine?.ownStatus, list.items[0]?.ownStatus]).toEqual([words, words]);
  expect((await as('agnes').load(queue({ limit: 5 }, { status: 'pending' })))[0].items).toMatchObject([{ number, ownStatus: { en: 'Waiting for parts', el: 'Αναμονή ανταλλακτικών' } }]);
  expect((await as('alice').load(wholeTicket(number)))[0]).toMatchObject({ status: 'pending', ownStatus: { id, customer: words } });
  expect((await as('agnes').load(wholeTicket(number)))[0]?.ownStatus).toMatchObject({ agent: { en: 'Waiting for parts', el: 'Αναμονή ανταλλακτικών' } });
  expect(JSON.stringify(await as('alice').load(wholeTicket(number), ticketByNumber(number)))).not.toContain('Waiting for parts');
});

test('whatever gives it another kind ends its own words; the kind itself can be chosen again', async () => {
  const { as, id, number } = await world();
  const own = async () => (await as('agnes').load(ticketAtDesk(number)))[0]?.statusId;
  await as('agnes').run(changeTicket, { number, status: id });
  await as('agnes').run(changeTicket, { number, priority: 'high' });
  expect(await own()).toBe(id);
  await as('alice').run(replyToTicket, { number, body: 'And now?' });
  expect((await as('agnes').load(ticketAtDesk(number)))[0]).toMatchObject({ status: 'open', statusId: null });
  await as('agnes').run(replyToTicket, { number, body: 'Ordered.', status: id });
  expect(await own()).toBe(id);
  await as('agnes').run(changeTicket, { number, status: 'pending' });
  expect(await own()).toBe(null);
  const { id: message } = await as('agnes').run(replyToTicket, { number, body: 'Ordered again.', status: id, hold: true });
  await as('agnes').run(sendHeld, { number, id: message });
  expect(await own()).toBe(id);
});

test('a status is chosen from those in use, of a kind that fits, by who may', async () => {
  const { as, id, number } = await world();
  const { id: fresh } = await as('ada').run(keepStatus, { ...parts, category: 'new' });
  const wrong = { issues: { status: 'Choose a status from the list.' } };
  await expect(as('agnes').run(changeTicket, { number, status: 'sts_none' })).rejects.toMatchObject(wrong);
  await expect(as('agnes').run(replyToTicket, { number, body: 'x', status: fresh })).rejects.toMatchObject(wrong);
  await expect(as('alice').run(changeTicket, { number, status: id })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('ada').run(keepStatus, { id, ...parts, isActive: false });
  await expect(as('agnes').run(changeTicket, { number, status: id })).rejects.toMatchObject(wrong);
});

test('only who keeps the settings makes them; words are asked for; a kind stays', async () => {
  const { as, id } = await world();
  for (const name of ['alice', 'agnes', 'mara'] as const) await expect(as(name).run(keepStatus, parts)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(keepStatus, parts)).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('ada').run(keepStatus, { category: 'odd', agentEn: '' })).rejects.toMatchObject({ issues: { category: 'Choose a status from the list.', agentEn: 'Write what it is called.' } });
  await expect(as('ada').run(keepStatus, { ...parts, id, category: 'open' })).rejects.toMatchObject({ issues: { category: expect.any(String) } });
  await expect(as('ada').run(keepStatus, { ...parts, id: 'sts_none' })).rejects.toMatchObject({ reason: 'not_found' });
  expect(await as('alice').load(allStatuses())).toEqual([[]]);
});
