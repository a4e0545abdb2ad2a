import { expect, test } from 'vitest';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { topicByNumber } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { messagesOfTicket } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { stoa } from '../support/stoa.ts';
import { asks } from '../tickets/support.ts';

const KEY = 'order-0001';

test('a visitor who uses another visitor’s key opens a ticket of their own', async () => {
  const { as } = await stoa();
  const hers = await as('visitor').run(openTicket, { subject: 'Private', body: 'Of hers.', email: 'her@far.test' }, KEY);
  const his = await as('visitor').run(openTicket, { subject: 'Curious', body: 'Of his.', email: 'him@far.test' }, KEY);
  expect(his.number).not.toBe(hers.number);
  expect(await as('visitor').run(openTicket, { subject: 'Private', body: 'Of hers.', email: 'her@far.test' }, KEY)).toEqual(hers);
});

test('a form that was sent, changed and sent again keeps both texts', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  for (const body of ['One thing.', 'One thing.', 'Another thing.']) await as('alice').run(replyToTicket, { number, body }, KEY);
  expect((await as('alice').load(messagesOfTicket(number)))[0].map((message) => message.number)).toEqual([1, 2, 3]);
});

test('an answer of staff that is sent twice, one after the other or at once, is one answer and no conflict', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  const input = { number, body: 'Use the extinguisher.', seen: 1 };
  const first = await as('agnes').run(replyToTicket, input, KEY);
  expect(await as('agnes').run(replyToTicket, input, KEY)).toEqual(first);
  const [one, two] = await Promise.all([1, 2].map(() => as('agnes').run(replyToTicket, { number, body: 'And call us.' }, KEY)));
  expect(one).toEqual(two);
  expect((await as('agnes').load(messagesOfTicket(number)))[0]).toHaveLength(3);
});

test('a double click on what solved a topic says so once', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'Nothing happens.' });
  const { id: post } = await as('bob').run(replyToTopic, { number: 1, body: 'Paper.' });
  await Promise.all([1, 2].map(() => as('alice').run(acceptAnswer, { number: 1, post }, KEY)));
  expect((await as('visitor').load(topicByNumber(1)))[0].acceptedPostId).toBe(post);
});
