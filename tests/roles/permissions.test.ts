import { expect, test } from 'vitest';
import { accountById } from '../../worker/accounts/queries.ts';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { changeTopic } from '../../worker/forum/change.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { categories } from '../../worker/forum/schema.ts';
import { feedbackPage } from '../../worker/insights/queries.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { messagesOfTicket, ticketAtDesk } from '../../worker/tickets/queries.ts';
import { reopenTicket } from '../../worker/tickets/reopen.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { stoa } from '../support/stoa.ts';
import { asks, queue, told } from '../tickets/support.ts';

test('a light agent sees tickets and writes notes, but never answers a customer nor changes a ticket', async () => {
  const { as, db } = await stoa();
  const number = await asks(as('alice'));
  await as('lena').run(replyToTicket, { number, body: 'I know this one.', visibility: 'internal' });
  await expect(as('lena').run(replyToTicket, { number, body: 'Hello.' })).rejects.toMatchObject({ reason: 'forbidden', message: 'Your role may not answer customers. Write a note.' });
  await expect(as('lena').run(changeTicket, { number, status: 'solved' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('agnes').run(changeTicket, { number, status: 'solved' });
  await expect(as('lena').run(reopenTicket, { number })).rejects.toMatchObject({ reason: 'forbidden' });
  const [list, messages] = await as('lena').load(queue({ limit: 5 }, { status: 'solved' }), messagesOfTicket(number));
  expect([list.items.length, messages.map(({ visibility }) => visibility)]).toEqual([1, ['public', 'internal']]);
  expect((await as('alice').load(messagesOfTicket(number)))[0]).toHaveLength(1);
  expect((await told(db)).slice(-2)).toEqual(['ticket.noted', 'ticket.changed']);
});

test('a light agent asks for themself like anybody', async () => {
  const { as } = await stoa();
  const number = await asks(as('lena'));
  await as('lena').run(replyToTicket, { number, body: 'And another thing.' });
  expect((await as('agnes').load(messagesOfTicket(number)))[0].map(({ visibility }) => visibility)).toEqual(['public', 'public']);
});

test('permissions count, not the role they are based on', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  const [blind, biller] = [as('agnes', { permissions: ['forum.moderate'] }), as('bob', { permissions: ['tickets.see', 'tickets.answer'] })];
  const [found] = await blind.load(ticketAtDesk(number));
  expect(found).toBeUndefined();
  await expect(blind.run(replyToTicket, { number, body: 'x' })).rejects.toMatchObject({ reason: 'not_found' });
  await biller.run(replyToTicket, { number, body: 'Paid.' });
  await expect(biller.run(replyToTicket, { number, body: 'x', visibility: 'internal' })).rejects.toMatchObject({ message: 'Your role may not write notes.' });
  const [atDesk, feedback] = await biller.load(ticketAtDesk(number), feedbackPage({ limit: 5 }, {}));
  expect([atDesk?.account, feedback.items]).toEqual([null, []]);
  await expect(biller.load(accountById('acc_acme'))).rejects.toMatchObject({ reason: 'not_found' });
});

test('a moderator of one category moderates there and nowhere else', async () => {
  const { as, db } = await stoa();
  await db.insert(categories).values({ id: 'cat_more', slug: 'more', name: 'More' });
  const mara = as('mara', { scopes: { categories: ['cat_help'] } });
  const inHelp = await as('alice').run(openTopic, { category: 'help', title: 'Here', body: 'x', tags: '' });
  const inMore = await as('alice').run(openTopic, { category: 'more', title: 'There', body: 'x', tags: '' });
  for (const { number } of [inHelp, inMore]) await as('bob').run(replyToTopic, { number, body: 'So.' });
  await mara.run(changeTopic, { number: inHelp.number, title: 'Here it is' });
  await expect(mara.run(changeTopic, { number: inMore.number, title: 'x' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(mara.run(changeTopic, { number: inHelp.number, category: 'more' })).rejects.toMatchObject({ issues: { category: 'You do not moderate this category.' } });
  await expect(mara.run(openTopic, { category: 'more', title: 'News', body: 'x', kind: 'announcement' })).rejects.toMatchObject({ issues: { kind: expect.any(String) } });
  await expect(mara.run(acceptAnswer, { number: inMore.number, post: 'nothing' })).rejects.toMatchObject({ reason: 'not_found' });
  expect((await mara.run(openTopic, { category: 'help', title: 'News', body: 'x', kind: 'announcement' })).number).toBe(3);
});
