import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, topicByNumber } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { nameless } from '../../worker/handovers/nameless.ts';
import { publishTicket } from '../../worker/handovers/publish.ts';
import { handoversOfTicket, handoversOfTopic, speakersOfTopic, ticketToPublish } from '../../worker/handovers/queries.ts';
import { takePost } from '../../worker/handovers/take.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { messagesOfTicket, ticketByNumber } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { searched } from '../../worker/search/queries.ts';
import { accounts } from '../../worker/accounts/schema.ts';
import { newsroom } from '../notifications/support.ts';
import { stoa } from '../support/stoa.ts';

const question = { category: 'help', title: 'My invoice is wrong', body: 'It says 900.', kind: 'question' };
const draft = { number: 1, category: 'help', title: 'How do I undo an import?', question: 'Is there a way?', answer: 'Yes: Undo.' };

test('an agent takes a post into a private ticket of its author: they are told, everyone reads that it is handled, and only those who may get there', async () => {
  const { as, told, deliver } = await newsroom();
  await as('alice').run(openTopic, question);
  const { id } = await as('bob').run(replyToTopic, { number: 1, body: 'Mine too: canary 4711.' });
  const { number } = await as('agnes').run(takePost, { post: id });
  await deliver();
  const [ticket, messages] = await as('bob').load(ticketByNumber(number), messagesOfTicket(number));
  expect([ticket?.subject, ticket?.requesterName, ticket?.assigneeName, messages.map(({ author }) => author.name)]).toEqual(['My invoice is wrong', 'bob', 'agnes', ['bob']]);
  expect(await told('bob')).toContainEqual(['private', 'My invoice is wrong', null]);
  for (const [who, seen] of [['visitor', null], ['alice', null], ['bob', number], ['lena', number]] as const) {
    expect([who, (await as(who).load(handoversOfTopic(1)))[0]]).toEqual([who, [{ kind: 'taken', postId: id, ticket: seen }]]);
  }
  expect((await as('bob').load(handoversOfTicket(number)))[0].map(({ topic, place }) => [topic.title, place])).toEqual([['My invoice is wrong', 2]]);
  expect((await as('alice').load(handoversOfTicket(number)))[0]).toEqual([]);
});

test('a post is taken once, not from staff, and by nobody else', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, question);
  const [[first]] = await as('alice').load(postsOfTopic(1, 1));
  const post = first!.id;
  for (const who of ['alice', 'mara', 'lena'] as const) await expect(as(who).run(takePost, { post })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(takePost, { post })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('agnes').run(takePost, { post: 'pst_nowhere' })).rejects.toMatchObject({ reason: 'not_found' });
  const both = await Promise.allSettled(['agnes', 'ada'].map((who) => as(who as 'ada').run(takePost, { post })));
  expect(both.map((one) => (one.status === 'fulfilled' ? 'taken' : (one.reason as { reason: string }).reason)).sort()).toEqual(['conflict', 'taken']);
  await expect(as('cleo').run(takePost, { post })).rejects.toMatchObject({ reason: 'conflict' });
  const { id } = await as('cleo').run(replyToTopic, { number: 1, body: 'Hello.' });
  await expect(as('agnes').run(takePost, { post: id })).rejects.toMatchObject({ reason: 'invalid' });
});

test('a solved ticket becomes a topic in the agent’s words and name, with its answer accepted; staff find their way between them, and who asked from the ticket to the topic', async () => {
  const { as, db } = await stoa();
  await as('alice').run(openTicket, { subject: 'Undo for alice', body: 'I am alice of Acme.' });
  await expect(as('agnes').run(publishTicket, draft)).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(changeTicket, { number: 1, status: 'solved' });
  await expect(as('lena').run(publishTicket, draft)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('bob').run(publishTicket, draft)).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('agnes').run(publishTicket, { ...draft, category: 'nowhere' })).rejects.toMatchObject({ reason: 'invalid', issues: { category: 'Choose a category.' } });
  const { number } = await as('agnes').run(publishTicket, draft);
  const [topic, posts] = await as('visitor').load(topicByNumber(number), postsOfTopic(number, 1));
  expect([topic.author.name, topic.postsCount, posts.find(({ id }) => id === topic.acceptedPostId)?.number]).toEqual(['agnes', 2, 2]);
  expect(JSON.stringify([topic, posts])).not.toMatch(/alice|acme/i);
  expect((await as('visitor').load(searched('undo import', { locale: 'en', limit: 5 })))[0].map(({ title }) => title)).toEqual(['How do I undo an import?']);
  for (const who of ['visitor', 'alice', 'mara'] as const) expect([who, (await as(who).load(handoversOfTopic(number)))[0]]).toEqual([who, []]);
  for (const who of ['visitor', 'bob', 'mara'] as const) expect([who, (await as(who).load(handoversOfTicket(1)))[0]]).toEqual([who, []]);
  expect((await as('alice').load(handoversOfTicket(1)))[0]).toMatchObject([{ kind: 'published', topic: { number, title: 'How do I undo an import?' } }]);
  expect((await as('lena').load(handoversOfTopic(number)))[0]).toEqual([{ kind: 'published', postId: null, ticket: 1 }]);
  expect((await as('lena').load(handoversOfTicket(1)))[0][0]?.topic.number).toBe(number);
  await expect(as('agnes').run(publishTicket, draft)).rejects.toMatchObject({ reason: 'conflict' });
  await db.$client.execute(`update categories set see = '["role:admin"]' where slug = 'help'`);
  expect((await as('alice').load(handoversOfTicket(1)))[0], 'a topic that they may not see is not named').toEqual([]);
});

test('a draft leaves out every name, address and number that we know of', () => {
  const who = { name: 'Νίκος Παπαδάκης', handle: 'nikos-p', email: 'nikos.p@olive.test', company: 'Olive & Co.', domains: ['olive.test'] };
  const text = 'Γεια, είμαι ο Νίκος Παπαδακης (@nikos-p, NIKOS.P@olive.test, also other@mail.example), Olive & Co., see olive.test or call +30 210 123 4567. The olive oil stays.';
  expect(nameless(text, who)).toBe('Γεια, είμαι ο … … (…, …, also …), …, see … or call …. The olive oil stays.');
});

test('staff see which customer speaks, with account, health, plan, CSM and open tickets; nobody else learns any of it', async () => {
  const { as, db } = await stoa();
  const health = { score: 42, colour: 'risk', coverage: 90, way: 'down', byHand: false } as const;
  await db.update(accounts).set({ plan: 'Enterprise', csmId: 'usr_cleo', health }).where(eq(accounts.id, 'acc_acme'));
  await as('alice').run(openTopic, question);
  await as('agnes').run(replyToTopic, { number: 1, body: 'Let me look.' });
  for (const subject of ['One', 'Two']) await as('alice').run(openTicket, { subject, body: 'Help.' });
  const told = { id: 'usr_alice', account: { id: 'acc_acme', name: 'Acme', plan: 'Enterprise', health }, csm: 'cleo', csmHandle: 'cleo', openTickets: 2, newestTicket: 2 };
  for (const who of ['lena', 'agnes', 'cleo', 'ada'] as const) expect((await as(who).load(speakersOfTopic(1, 1, 20)))[0]).toEqual([told]);
  for (const who of ['visitor', 'alice', 'carol', 'bob', 'mara'] as const) expect([who, (await as(who).load(speakersOfTopic(1, 1, 20)))[0]]).toEqual([who, []]);
});

test('what is proposed for a topic is the first question and the last answer of that ticket, not of another', async () => {
  const { as } = await stoa();
  await as('alice').run(openTicket, { subject: 'First', body: 'Alice asks.' });
  await as('bob').run(openTicket, { subject: 'Second', body: 'Bob asks.' });
  await as('agnes').run(replyToTicket, { number: 2, body: 'Agnes answers.' });
  await as('bob').run(replyToTicket, { number: 2, body: 'Bob thanks.' });
  expect((await as('agnes').load(ticketToPublish(2, '')))[0]).toMatchObject({ question: 'Bob asks.', answer: 'Agnes answers.' });
});
