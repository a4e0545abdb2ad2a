import { expect, test } from 'vitest';
import { formOfTicket, formsToAsk } from '../../worker/forms/queries.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { goOnWithBulk } from '../../worker/bulk/go-on.ts';
import { startBulk } from '../../worker/bulk/start.ts';
import { answerIncidents } from '../../worker/links/answer-once.ts';
import { linkTickets } from '../../worker/links/link.ts';
import { mergeTickets } from '../../worker/joins/merge.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { wholeTicket } from '../../worker/tickets/records.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { conditionOf } from '../../worker/views/input.ts';
import { ticketsMatching } from '../../worker/views/queries.ts';
import { stoa } from '../support/stoa.ts';
import { fillTicket, formed } from './support.ts';

const opened = { subject: 'The export stops', body: 'At row 500.' };

test('a ticket is opened with answers; those that do not fit the others are dropped, whatever was sent', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { product: 'local', region: 'Europe', order: 'ord-1234', cause: 'bug', unknown: 'x' } });
  const [mine] = await as('alice').load(wholeTicket(number));
  expect(mine?.fields).toEqual({ product: 'local', order: 'ord-1234' });
  expect((await as('agnes').load(wholeTicket(number)))[0]?.fields).toEqual({ product: 'local', order: 'ord-1234' });
});

test('what has to be answered is asked for, where it is seen', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  await expect(as('alice').run(openTicket, opened)).rejects.toMatchObject({ reason: 'invalid', issues: { 'fields.product': 'Answer this question.' } });
  await expect(as('alice').run(openTicket, { ...opened, fields: { product: 'cloud' } })).rejects.toMatchObject({ issues: { 'fields.region': 'Answer this question.' } });
  await expect(as('visitor').run(openTicket, { ...opened, email: 'guest@example.org' })).rejects.toMatchObject({ issues: { 'fields.product': 'Answer this question.' } });
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { product: 'cloud', region: 'Europe' } });
  expect((await as('alice').load(wholeTicket(number)))[0]?.fields).toEqual({ product: 'cloud', region: 'Europe' });
});

test('an answer has to be of its kind; a form has to be there', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  for (const [field, value, issue] of [
    ['product', 'moon', 'Choose from the list.'],
    ['order', 'ORD-12345', 'This does not have the right shape. Look at the example.'],
  ] as const) {
    await expect(as('alice').run(openTicket, { ...opened, fields: { product: 'local', [field]: value } })).rejects.toMatchObject({ issues: { [`fields.${field}`]: issue } });
  }
  await expect(as('alice').run(openTicket, { ...opened, form: 'frm_none' })).rejects.toMatchObject({ issues: { form: 'Choose a form from the list.' } });
  await expect(as('alice').run(openTicket, { ...opened, fields: { product: { a: 1 } } })).rejects.toMatchObject({ issues: { fields: 'Choose from the list.' } });
});

test('who asks changes what is theirs; staff everything, and the history says from what to what', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { product: 'cloud', region: 'Europe' } });
  await as('alice').run(fillTicket, { number, fields: { order: 'ORD-1', cause: 'bug' } }).catch((error) => expect(error).toMatchObject({ issues: { 'fields.order': expect.any(String) } }));
  await as('alice').run(fillTicket, { number, fields: { order: 'ORD-0001', cause: 'bug' } });
  await as('agnes').run(fillTicket, { number, fields: { cause: 'question', product: 'local' } });
  const [mine, theirs, history] = [(await as('alice').load(wholeTicket(number)))[0], (await as('agnes').load(wholeTicket(number)))[0], (await as('agnes').load(historyOfTicket(number)))[0]];
  expect(mine?.fields).toEqual({ product: 'local', order: 'ORD-0001' });
  expect(theirs?.fields).toEqual({ product: 'local', order: 'ORD-0001', cause: 'question' });
  expect(history.filter(({ type }) => type === 'ticket.filled').map(({ data }) => data)).toEqual([
    { from: { order: null }, to: { order: 'ORD-0001' } },
    { from: { product: 'cloud', region: 'Europe', cause: null }, to: { product: 'local', region: null, cause: 'question' } },
  ]);
});

test('a customer is told nothing of what is among staff', async () => {
  const { as } = await stoa();
  const { form } = await formed(as('ada'));
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { product: 'local' } });
  await as('agnes').run(fillTicket, { number, fields: { cause: 'bug' } });
  for (const portal of [as('alice'), as('carol'), as('visitor', { guestOf: number })]) {
    const [found, forms] = await portal.load(formOfTicket(number), formsToAsk(form));
    expect(JSON.stringify([found, forms])).not.toMatch(/cause|Cause|bug|Something broke.*Something broke/);
    expect(found?.questions.map(({ key }) => key)).toEqual(['product', 'region', 'order']);
  }
  expect((await as('agnes').load(formOfTicket(number)))[0]?.questions.map(({ key }) => key)).toEqual(['product', 'region', 'order', 'cause']);
});

test('it cannot be solved before it says what it has to', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { product: 'local' } });
  const sentence = { status: 'Answer these before you solve it: Cause' };
  await expect(as('agnes').run(changeTicket, { number, status: 'solved' })).rejects.toMatchObject({ issues: sentence });
  await expect(as('agnes').run(replyToTicket, { number, body: 'Done.', status: 'solved' })).rejects.toMatchObject({ issues: sentence });
  await expect(as('agnes', { locale: 'el' }).run(changeTicket, { number, status: 'closed' })).rejects.toMatchObject({ issues: { status: 'Answer these before you solve it: Αιτία' } });
  await as('agnes').run(replyToTicket, { number, body: 'We look.', status: 'open' });
  await as('agnes').run(fillTicket, { number, fields: { cause: 'bug' } });
  await as('agnes').run(changeTicket, { number, status: 'solved' });
});

test('of two who decide on the same page the second looks again; a closed ticket takes no answer', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { product: 'local' } });
  await as('agnes').run(fillTicket, { number, fields: { cause: 'bug' }, revision: 1 });
  await expect(as('cleo').run(fillTicket, { number, fields: { cause: 'question' }, revision: 1 })).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(changeTicket, { number, status: 'closed' });
  await expect(as('agnes').run(fillTicket, { number, fields: { cause: 'question' } })).rejects.toMatchObject({ reason: 'conflict' });
});

test('strangers find nothing, light agents may not, and a form is for staff to give', async () => {
  const { as } = await stoa();
  const { form } = await formed(as('ada'));
  const { number } = await as('alice').run(openTicket, { ...opened, fields: { product: 'local' } });
  for (const name of ['bob', 'mara', 'visitor'] as const) await expect(as(name).run(fillTicket, { number, fields: {} })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('lena').run(fillTicket, { number, fields: {} })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('alice').run(fillTicket, { number, form: '' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('agnes').run(fillTicket, { number, form: '' });
  const [, theirs] = await as('agnes').load(wholeTicket(number), formOfTicket(number));
  expect(theirs).toMatchObject({ formId: null, questions: [], left: [['Product', 'On your machines']] });
  expect((await as('alice').load(wholeTicket(number)))[0]).toMatchObject({ form: null, fields: {} });
  await as('agnes').run(fillTicket, { number, form });
  expect((await as('alice').load(wholeTicket(number)))[0]?.fields).toEqual({ product: 'local' });
});

test('a merge leaves the answers of the ticket that stays, and brings none to a question that does not fit it', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  const numbers: number[] = [];
  for (const product of ['local', 'cloud']) numbers.push((await as('alice').run(openTicket, { ...opened, fields: { product, region: 'Asia' } })).number);
  await as('agnes').run(mergeTickets, { number: numbers[1], into: numbers[0], sources: [numbers[1]] });
  expect((await as('agnes').load(wholeTicket(numbers[0]!)))[0]?.fields).toEqual({ product: 'local' });
});

test('views find tickets by what they were answered', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  const made: number[] = [];
  for (const product of ['local', 'cloud']) made.push((await as('alice').run(openTicket, { ...opened, fields: { product, region: 'Asia' } })).number);
  const found = async (...values: string[]) => (await as('agnes').load(ticketsMatching({ limit: 9 }, { condition: { match: 'all', groups: [{ match: 'all', rows: [{ field: 'answer', is: 'is', values }] }] }, sort: 'created' })))[0].items.map(({ number }) => number);
  expect([await found('product=Cloud'), await found('region'), await found('product = local', 'region=asia'), await found('nothing=x')]).toEqual([[made[1]], [made[1]], [made[1], made[0]], []]);
});

test('an answer to many incidents, and a change of many tickets, leave what lacks an answer unsolved', async () => {
  const { as } = await stoa();
  await formed(as('ada'));
  const made: number[] = [];
  for (const product of ['local', 'cloud']) made.push((await as('alice').run(openTicket, { ...opened, fields: { product, region: 'Asia' } })).number);
  await as('agnes').run(linkTickets, { number: made[0], other: made[1], as: 'incident' });
  await expect(as('agnes').run(answerIncidents, { number: made[0], body: 'Fixed.', solve: 'on' })).rejects.toMatchObject({ reason: 'conflict', message: expect.stringContaining('lack answers') });
  const bulk = await as('agnes').run(startBulk, { condition: conditionOf({}), ticket: made, status: 'solved' });
  await as('agnes').run(goOnWithBulk, bulk);
  for (const number of made) expect((await as('agnes').load(wholeTicket(number)))[0]?.status).toBe('new');
});
