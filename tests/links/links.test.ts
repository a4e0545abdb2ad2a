import { expect, test } from 'vitest';
import { answerIncidents } from '../../worker/links/answer-once.ts';
import { linkTickets } from '../../worker/links/link.ts';
import { linksOfTicket, trackersOfTicket } from '../../worker/links/queries.ts';
import { trackTicket, untrackTicket } from '../../worker/links/track.ts';
import { unlinkTickets } from '../../worker/links/unlink.ts';
import { messagesOfTicket, ticketByNumber } from '../../worker/tickets/queries.ts';
import { asks, merge } from '../joins/support.ts';
import { stoa } from '../support/stoa.ts';
import { told } from '../tickets/support.ts';

test('a link is seen from both sides, by staff only, follows a merge, and goes again', async () => {
  const { as, db } = await stoa();
  const [parent, child, other] = [await asks(as('alice')), await asks(as('alice')), await asks(as('alice'))];
  await as('agnes').run(linkTickets, { number: parent, other: child, as: 'child' });
  await as('agnes').run(linkTickets, { number: child, other: parent, as: 'parent' });
  expect((await as('agnes').load(linksOfTicket(parent)))[0]).toMatchObject([{ kind: 'parent', isOut: true, number: child, isOpen: true }]);
  expect((await as('agnes').load(linksOfTicket(child)))[0]).toMatchObject([{ kind: 'parent', isOut: false, number: parent }]);
  for (const name of ['alice', 'carol', 'bob', 'visitor'] as const) expect((await as(name).load(linksOfTicket(parent)))[0]).toEqual([]);
  await merge(as('agnes'), child, other);
  expect((await as('agnes').load(linksOfTicket(parent)))[0]).toMatchObject([{ number: other }]);
  expect((await as('agnes').load(linksOfTicket(other)))[0]).toMatchObject([{ number: parent }]);
  const free = await asks(as('alice'));
  await as('agnes').run(linkTickets, { number: parent, other: free, as: 'related' });
  await as('agnes').run(unlinkTickets, { number: free, other: parent, kind: 'related' });
  expect((await as('agnes').load(linksOfTicket(free)))[0]).toEqual([]);
  const types = await told(db);
  expect(types).toContain('ticket.linked');
  expect(types.filter((type) => type === 'ticket.unlinked'), 'both tickets tell of it').toHaveLength(2);
});

test('one answer to a problem reaches every open incident, and solves them', async () => {
  const { as, db } = await stoa();
  const problem = await asks(as('alice'), 'The servers burn');
  const incidents = [await asks(as('alice')), await asks(as('bob')), await asks(as('carol'))];
  await expect(as('agnes').run(answerIncidents, { number: problem, body: 'Fixed.' })).rejects.toMatchObject({ reason: 'conflict' });
  for (const other of incidents) await as('agnes').run(linkTickets, { number: problem, other, as: 'incident' });
  expect(await as('agnes').run(answerIncidents, { number: problem, body: 'Fixed.', solve: 'yes' })).toMatchObject({ answered: 3 });
  for (const number of incidents) {
    const [ticket, messages] = await as('agnes').load(ticketByNumber(number), messagesOfTicket(number));
    expect([ticket?.status, messages.length]).toEqual(['solved', 2]);
  }
  expect((await as('bob').load(messagesOfTicket(incidents[0]!)))[0]).toEqual([]);
  expect((await told(db)).filter((type) => type === 'ticket.replied')).toHaveLength(3);
});

test('an engineering item is on many tickets, and goes from one', async () => {
  const { as } = await stoa();
  const [one, two] = [await asks(as('alice')), await asks(as('bob'))];
  await as('agnes').run(trackTicket, { number: one, reference: 'ENG-2' });
  for (const number of [one, two]) await as('agnes').run(trackTicket, { number, reference: 'ENG-1', url: 'https://issues.example/1' });
  expect((await as('agnes').load(trackersOfTicket(one)))[0]).toEqual([{ reference: 'ENG-1', url: 'https://issues.example/1', others: 1 }, { reference: 'ENG-2', url: null, others: 0 }]);
  await as('agnes').run(untrackTicket, { number: two, reference: 'ENG-1' });
  expect((await as('agnes').load(trackersOfTicket(one)))[0]).toMatchObject([{ others: 0 }, { others: 0 }]);
  expect((await as('alice').load(trackersOfTicket(one)))[0]).toEqual([]);
});

test('bad input names its field, strangers find nothing, customers and light agents may not', async () => {
  const { as } = await stoa();
  const [one, two] = [await asks(as('alice')), await asks(as('alice'))];
  const field = (name: string) => ({ reason: 'invalid', issues: { [name]: expect.any(String) } });
  await expect(as('agnes').run(linkTickets, { number: one, other: 99, as: 'child' })).rejects.toMatchObject(field('other'));
  await expect(as('agnes').run(linkTickets, { number: one, other: one, as: 'child' })).rejects.toMatchObject(field('other'));
  await expect(as('agnes').run(linkTickets, { number: one, other: two, as: 'cousin' })).rejects.toMatchObject(field('as'));
  await expect(as('agnes').run(trackTicket, { number: one, reference: 'E', url: 'javascript:alert(1)' })).rejects.toMatchObject(field('url'));
  await expect(as('agnes').run(trackTicket, { number: one, reference: ' ' })).rejects.toMatchObject(field('reference'));
  await expect(as('agnes').run(answerIncidents, { number: one, body: '' })).rejects.toMatchObject(field('body'));
  const acts = (name: 'bob' | 'mara' | 'visitor' | 'alice' | 'lena') => [() => as(name).run(linkTickets, { number: one, other: two, as: 'child' }), () => as(name).run(unlinkTickets, { number: one, other: two, kind: 'parent' }), () => as(name).run(trackTicket, { number: one, reference: 'E' }), () => as(name).run(untrackTicket, { number: one, reference: 'E' }), () => as(name).run(answerIncidents, { number: one, body: 'Hello.' })];
  for (const name of ['bob', 'mara', 'visitor'] as const) for (const act of acts(name)) await expect(act()).rejects.toMatchObject({ reason: 'not_found' });
  for (const name of ['alice', 'lena'] as const) for (const act of acts(name)) await expect(act()).rejects.toMatchObject({ reason: 'forbidden' });
});
