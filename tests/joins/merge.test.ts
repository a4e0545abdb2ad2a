import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { feedback } from '../../worker/insights/schema.ts';
import { historyPage } from '../../worker/history/queries.ts';
import { fillTicket } from '../../worker/forms/fill.ts';
import { shareMerge } from '../../worker/joins/share.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { messagesOfTicket, ticketByNumber, ticketsAsked } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { stoa } from '../support/stoa.ts';
import { queue, told } from '../tickets/support.ts';
import { asks, merge, unmerge, withForm } from './support.ts';

const bodies = (messages: { html: string | null }[]) => messages.map(({ html }) => html!.replace(/<[^>]+>/g, '').trim());

test('a merged ticket is read in the other, in the order of time, and every old number leads there', async () => {
  const { as, db } = await stoa();
  const [first, second] = [await asks(as('alice'), 'First', 'One.'), await asks(as('alice'), 'Second', 'Two.')];
  await as('agnes').run(changeTicket, { number: first, tags: 'a, b' });
  await as('agnes').run(changeTicket, { number: second, tags: 'b, c' });
  await merge(as('agnes'), second, first);

  for (const portal of [as('alice'), as('agnes'), as('visitor', { guestOf: second })]) {
    const [ticket, messages] = await portal.load(ticketByNumber(second), messagesOfTicket(second));
    expect(ticket?.number).toBe(first);
    expect(bodies(messages)).toEqual(['One.', 'Two.']);
    expect(messages.map(({ origin }) => origin)).toEqual([null, second]);
  }
  await as('alice').run(replyToTicket, { number: second, body: 'Three.' });
  await as('visitor', { guestOf: second }).run(replyToTicket, { number: second, body: 'Four.' });
  expect(bodies((await as('alice').load(messagesOfTicket(first)))[0])).toEqual(['One.', 'Two.', 'Three.', 'Four.']);
  const row = (await db.select().from(tickets).where(eq(tickets.number, first)))[0]!;
  expect(row.tags).toEqual(['a', 'b', 'c']);
  expect((await as('agnes').load(queue({ limit: 30 }, {})))[0].items.map(({ number }) => number)).toEqual([first]);
  for (const state of ['open', 'solved'] as const) expect((await as('alice').load(ticketsAsked({ limit: 9 }, state, 'mine')))[0].items.length).toBe(state === 'open' ? 1 : 0);
  expect(await told(db)).toEqual(expect.arrayContaining(['ticket.merged', 'ticket.absorbed']));
  expect((await db.select().from(feedback)).map(({ number }) => number)).toEqual([first, first, first, first]);
  expect(await asks(as('alice'))).toBe(second + 1);
});

test('of another requester only staff read it, until they take part', async () => {
  const { as } = await stoa();
  const [first, second] = [await asks(as('alice'), 'First', 'One.'), await asks(as('carol', { accountRole: 'member' }), 'Second', 'Two.')];
  const carol = as('carol', { accountRole: 'member' });
  await merge(as('agnes'), second, first);
  expect(bodies((await as('alice').load(messagesOfTicket(first)))[0])).toEqual(['One.']);
  expect(bodies((await as('agnes').load(messagesOfTicket(second)))[0])).toEqual(['One.', 'Two.']);
  expect(await carol.load(ticketByNumber(first), messagesOfTicket(first))).toEqual([undefined, []]);
  expect(bodies((await carol.load(messagesOfTicket(second)))[0])).toEqual(['Two.']);

  await carol.run(replyToTicket, { number: second, body: 'Three.' });
  expect(bodies((await carol.load(messagesOfTicket(second)))[0])).toEqual(['Two.', 'Three.']);
  expect(bodies((await as('alice').load(messagesOfTicket(first)))[0])).toEqual(['One.']);
  expect(bodies((await as('agnes').load(messagesOfTicket(first)))[0])).toEqual(['One.', 'Two.', 'Three.']);

  await expect(as('agnes').run(shareMerge, { number: second })).rejects.toMatchObject({ issues: { confirmed: expect.any(String) } });
  await as('agnes').run(shareMerge, { number: second, confirmed: 'yes' });
  for (const portal of [as('alice'), carol]) expect(bodies((await portal.load(messagesOfTicket(second)))[0])).toEqual(['One.', 'Two.', 'Three.']);
  expect(bodies((await as('alice').load(messagesOfTicket(first)))[0])).toEqual(['One.', 'Two.', 'Three.']);
  await carol.run(replyToTicket, { number: first, body: 'I am here.' });
  expect((await carol.load(ticketByNumber(first)))[0]?.number).toBe(first);

  await unmerge(as('agnes'), second);
  expect(bodies((await carol.load(messagesOfTicket(second)))[0])).toEqual(['Two.', 'Three.']);
  expect(await carol.load(ticketByNumber(first))).toEqual([undefined]);
  expect(bodies((await as('alice').load(messagesOfTicket(first)))[0])).toEqual(['One.', 'I am here.']);
});

test('tickets of different accounts need a confirmation and a right of its own', async () => {
  const { as } = await stoa();
  const [first, second] = [await asks(as('alice')), await asks(as('bob'))];
  await expect(merge(as('agnes'), second, first)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(merge(as('cleo'), second, first)).rejects.toMatchObject({ issues: { accounts: expect.any(String) } });
  await merge(as('cleo'), second, first, { accounts: true });
  expect((await as('bob').load(messagesOfTicket(second)))[0]).toHaveLength(1);
  expect((await as('bob').load(ticketByNumber(first)))[0]).toBeUndefined();
});

test('what cannot be merged is refused, and names its field', async () => {
  const { as } = await stoa();
  const [first, second, third] = [await asks(as('alice')), await asks(as('alice')), await asks(as('alice'))];
  const field = (name: string) => ({ reason: 'invalid', issues: { [name]: expect.any(String) } });
  await expect(merge(as('agnes'), first, first)).rejects.toMatchObject(field('into'));
  await expect(merge(as('agnes'), first, 999)).rejects.toMatchObject({ issues: { into: 'There is no ticket 999.' } });
  await expect(merge(as('agnes'), first, undefined as never, { sources: [second, 998, 999] })).rejects.toMatchObject({ issues: { sources: 'These are not there, or part of another ticket already: 998, 999.' } });
  await expect(merge(as('agnes'), first, 'x' as never)).rejects.toMatchObject(field('into'));
  await expect(merge(as('agnes'), first, undefined as never, { sources: Array.from({ length: 51 }, (_, i) => i + 100) })).rejects.toMatchObject(field('sources'));
  await merge(as('agnes'), second, first);
  await expect(merge(as('agnes'), second, third)).rejects.toMatchObject(field('sources'));
  await expect(merge(as('agnes'), first, second)).rejects.toMatchObject(field('into'));
  await as('agnes').run(changeTicket, { number: third, status: 'closed' });
  await expect(merge(as('agnes'), first, third)).rejects.toMatchObject({ reason: 'conflict' });
  await expect(unmerge(as('agnes'), first)).rejects.toMatchObject({ reason: 'conflict' });
});

test('strangers and visitors find nothing, customers and light agents may not', async () => {
  const { as } = await stoa();
  const [first, second] = [await asks(as('alice')), await asks(as('alice'))];
  for (const name of ['bob', 'mara', 'visitor'] as const) for (const verb of [merge, unmerge]) await expect(verb(as(name), second, first as never)).rejects.toMatchObject({ reason: 'not_found' });
  for (const name of ['alice', 'lena'] as const) await expect(merge(as(name), second, first)).rejects.toMatchObject({ reason: 'forbidden' });
  await merge(as('agnes'), second, first);
  await expect(unmerge(as('lena'), second)).rejects.toMatchObject({ reason: 'forbidden' });
});

test('fifty at once; the history of the other tells of it', async () => {
  const { as } = await stoa();
  const target = await asks(as('alice'));
  const sources: number[] = [];
  for (let i = 0; i < 50; i++) sources.push((await as('alice').run(openTicket, { subject: `Again ${i}`, body: `Word ${i}` })).number);
  await as('agnes').run((await import('../../worker/joins/merge.ts')).mergeTickets, { number: target, sources });
  const [messages] = await as('alice').load(messagesOfTicket(target));
  expect(bodies(messages).slice(1)).toEqual(sources.map((_, i) => `Word ${i}`));
  const [{ items }] = await as('agnes').load(historyPage({ limit: 100 }, target, {}));
  expect(items.find(({ type }) => type === 'ticket.absorbed')).toMatchObject({ ticket: target, actorHandle: 'agnes', data: { tickets: sources } });
  expect(items.filter(({ type }) => type === 'ticket.merged')).toHaveLength(50);
});

test('what was written since stays, but for what is chosen', async () => {
  const { as } = await stoa();
  const [first, second] = [await asks(as('alice'), 'First', 'One.'), await asks(as('alice'), 'Second', 'Two.')];
  await merge(as('agnes'), second, first);
  const three = await as('alice').run(replyToTicket, { number: first, body: 'Three.' });
  await as('alice').run(replyToTicket, { number: first, body: 'Four.' });
  const [[one]] = await as('agnes').load(messagesOfTicket(first));
  await expect(unmerge(as('agnes'), second, { messages: [three.id, 'msg_none'] })).rejects.toMatchObject({ issues: { messages: expect.any(String) } });
  await unmerge(as('agnes'), second, { messages: [three.id] });
  expect(one!.id).toBeDefined();
  expect(bodies((await as('alice').load(messagesOfTicket(second)))[0])).toEqual(['Two.', 'Three.']);
  expect(bodies((await as('alice').load(messagesOfTicket(first)))[0])).toEqual(['One.', 'Four.']);
});

test('answers to questions come along where the other ticket has none, private ones once they are shared, and go again', async () => {
  const { as, db } = await withForm();
  const [into, own, theirs] = [await asks(as('alice')), await asks(as('alice')), await asks(as('bob'))];
  const fill = (number: number, fields: object) => as('agnes').run(fillTicket, { number, form: 'frm_1', fields });
  await fill(into, { colour: 'Red' });
  await fill(own, { colour: 'Blue', parts: ['web'] });
  await fill(theirs, { parts: ['mail', 'phone'] });
  const answers = async () => (await db.$client.execute({ sql: 'select value from ticket_values v join tickets t on t.id = v.ticket_id where t.number = ? order by v.field_id, v.place', args: [into] })).rows.map(({ value }) => value);

  await merge(as('ada'), theirs, into, { accounts: true });
  expect(await answers()).toEqual(['Red']);
  await as('ada').run(shareMerge, { number: theirs, confirmed: true });
  expect(await answers()).toEqual(['Red', 'mail', 'phone']);
  await merge(as('agnes'), own, into);
  expect(await answers()).toEqual(['Red', 'mail', 'phone']);
  await unmerge(as('ada'), theirs);
  expect(await answers()).toEqual(['Red', 'web']);
  await unmerge(as('agnes'), own);
  expect(await answers()).toEqual(['Red']);
});
