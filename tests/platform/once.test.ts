import { expect, test } from 'vitest';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { topicByNumber } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { messagesOfTicket } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { cast, SECRET, stoa } from '../support/stoa.ts';
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

/** A key as the API hands it on: with the address that was called. */
const CALLED = '/api/v1/tickets/1/messages order-0001';

test('a program’s key stands for one body: another one is refused and writes nothing, the same one has its answer still', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  const first = await as('alice').run(replyToTicket, { number, body: 'One thing.' }, CALLED);
  await expect(as('alice').run(replyToTicket, { number, body: 'Another thing.' }, CALLED)).rejects.toMatchObject({ reason: 'invalid', message: expect.stringContaining('another body'), issues: { 'Idempotency-Key': expect.any(String) } });
  expect(await as('alice').run(replyToTicket, { number, body: ' One thing. ' }, CALLED)).toEqual(first);
  const told = await Promise.allSettled(['Left.', 'Right.'].map((body) => as('alice').run(replyToTicket, { number, body }, `${CALLED}-2`)));
  expect(told.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await as('alice').load(messagesOfTicket(number)))[0]).toHaveLength(3);
});

test('a program’s key is its person’s, for one operation and address', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  const sent = [await as('alice').run(replyToTicket, { number, body: 'Of hers.' }, CALLED), await as('agnes').run(replyToTicket, { number, body: 'Of staff.' }, CALLED), await as('alice').run(replyToTicket, { number, body: 'Elsewhere.' }, CALLED.replace('/1/', '/01/'))];
  expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
  expect((await as('alice').run(openTicket, { subject: 'Another', body: 'Operation.' }, CALLED)).number).not.toBe(number);
});

test('a program’s call that was refused leaves its key free', async () => {
  const { as } = await stoa();
  await expect(as('alice').run(openTicket, { subject: 'Attached', body: 'See there.', attachments: ['att_none'] }, CALLED)).rejects.toMatchObject({ reason: 'invalid', issues: { attachments: expect.any(String) } });
  expect((await as('alice').run(openTicket, { subject: 'Attached', body: 'Not there.' }, CALLED)).number).toBe(1);
});

test('what is sent again from another network is the same call, of a program and of a form', async () => {
  const { db, now } = await stoa();
  const from = (network: string) => openPortal({ db, gate: gateOf(db), viewer: cast.alice, secret: SECRET, clock: () => now, network });
  for (const key of [CALLED, KEY]) {
    const [one, two] = [await from('192.0.2.1').run(openTicket, { subject: 'On the train', body: key, network: '192.0.2.1' }, key), await from('198.51.100.7').run(openTicket, { subject: 'On the train', body: key, network: '198.51.100.7' }, key)];
    expect(two).toEqual(one);
  }
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
