import { expect, test } from 'vitest';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { follow } from '../../worker/following/follow.ts';
import { unreadTopics } from '../../worker/following/queries.ts';
import { readTopic } from '../../worker/following/read.ts';
import { notificationsPage } from '../../worker/notifications/queries.ts';
import { seeNotifications } from '../../worker/notifications/see.ts';
import { mentionsIn } from '../../worker/platform/mentions.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { cast, SECRET } from '../support/stoa.ts';
import { newsroom } from './support.ts';

const question = { category: 'help', title: 'How do I print?', body: 'It does nothing.', tags: 'printer', kind: 'question' };

test('who wrote a topic hears of replies, once each whatever the reasons, and not of their own', async () => {
  const { as, deliver, told, unseen } = await newsroom();
  await as('alice').run(openTopic, question);
  await deliver();
  await as('bob').run(replyToTopic, { number: 1, body: 'Paper, @alice.' });
  await as('alice').run(replyToTopic, { number: 1, body: 'No, @alice and @bob.' });
  await deliver();
  expect(await told('alice')).toEqual([['mentioned', 'How do I print?', 2]]);
  expect(await told('bob')).toEqual([['mentioned', 'How do I print?', 3]]);
  expect([await unseen('alice'), await unseen('bob')]).toEqual([1, 1]);
});

test('a second delivery of the same events tells nobody twice', async () => {
  const { as, deliver, deliverAgain, told } = await newsroom();
  await as('alice').run(openTopic, question);
  await deliver();
  await as('bob').run(replyToTopic, { number: 1, body: 'Paper.' });
  await deliver();
  await deliverAgain();
  expect(await told('alice')).toEqual([['replied', 'How do I print?', 2]]);
});

test('of many replies that are delivered at once each is told to those who watched by then, and no second delivery tells more', async () => {
  const { as, db, gate, now, deliver, deliverAgain, told } = await newsroom();
  const after = (seconds: number, name: 'bob' | 'carol' | 'mara') => openPortal({ db, gate, viewer: cast[name], secret: SECRET, clock: () => new Date(now.getTime() + seconds * 1_000) });
  await as('alice').run(openTopic, question);
  await as('carol').run(openTopic, { ...question, title: 'How do I scan?' });
  await after(1, 'bob').run(replyToTopic, { number: 1, body: 'Paper, @mara and @alice.' });
  await after(2, 'carol').run(replyToTopic, { number: 1, body: 'Ink.' });
  await after(3, 'mara').run(replyToTopic, { number: 2, body: 'Glass, @carol.' });
  await after(4, 'bob').run(replyToTopic, { number: 1, body: 'Both.' });
  await deliver();
  for (const again of [false, true]) {
    if (again) await deliverAgain();
    expect(await told('alice')).toEqual([['replied', 'How do I print?', 4], ['replied', 'How do I print?', 3], ['mentioned', 'How do I print?', 2]]);
    expect(await told('bob')).toEqual([['replied', 'How do I print?', 3]]);
    expect(await told('carol')).toEqual([['replied', 'How do I print?', 4], ['mentioned', 'How do I scan?', 2]]);
    expect(await told('mara')).toEqual([['mentioned', 'How do I print?', 2]]);
  }
});

test('who watches a category or a tag hears of new topics there; who muted a topic hears nothing of it', async () => {
  const { as, deliver, told } = await newsroom();
  await as('bob').run(follow, { kind: 'category', target: 'help', level: 'watching' });
  await as('carol').run(follow, { kind: 'tag', target: 'printer', level: 'watching' });
  await as('mara').run(follow, { kind: 'tag', target: 'printer', level: 'tracking' });
  await as('alice').run(openTopic, question);
  await deliver();
  await as('bob').run(follow, { kind: 'topic', target: '1', level: 'muted' });
  await as('carol').run(replyToTopic, { number: 1, body: '@bob, look.' });
  await deliver();
  expect(await told('bob')).toEqual([['topic', 'How do I print?', 1]]);
  expect(await told('carol')).toEqual([['topic', 'How do I print?', 1]]);
  expect(await told('mara')).toEqual([]);
});

test('an accepted answer is told to whoever wrote it', async () => {
  const { as, deliver, told } = await newsroom();
  await as('alice').run(openTopic, question);
  const { id } = await as('bob').run(replyToTopic, { number: 1, body: 'Paper.' });
  await as('alice').run(acceptAnswer, { number: 1, post: id });
  await deliver();
  expect(await told('bob')).toEqual([['accepted', 'How do I print?', 2]]);
});

test('reading a topic to a post marks as seen what was told of it so far, and it is unread again after the next reply', async () => {
  const { as, now, deliver, unseen } = await newsroom();
  await as('alice').run(openTopic, question);
  await deliver();
  await as('alice').run(readTopic, { number: 1, upTo: 1 });
  await as('bob').run(replyToTopic, { number: 1, body: 'Paper.' });
  await deliver();
  const titles = async () => (await as('alice').load(unreadTopics(10, now.getTime())))[0].map(({ title, lastRead }) => [title, lastRead]);
  expect(await titles()).toEqual([['How do I print?', 1]]);
  expect(await unseen('alice')).toBe(1);
  await as('alice').run(readTopic, { number: 1, upTo: 99 });
  expect([await titles(), await unseen('alice')]).toEqual([[], 0]);
  await as('alice').run(readTopic, { number: 1, upTo: 1 });
  expect(await titles()).toEqual([]);
});

test('a ticket tells its requester of answers, never of notes; the note is for who has it and who it names, if they are staff', async () => {
  const { as, deliver, told } = await newsroom();
  await as('alice').run(openTicket, { subject: 'Help me', body: 'Please.' });
  await as('ada').run(changeTicket, { number: 1, assignee: 'usr_agnes' });
  await as('ada').run(replyToTicket, { number: 1, body: 'Secret, @cleo @alice @bob.', visibility: 'internal' });
  await as('agnes').run(replyToTicket, { number: 1, body: 'Answered.' });
  await as('alice').run(replyToTicket, { number: 1, body: 'Thanks.' });
  await deliver();
  expect(await told('alice')).toEqual([['answered', 'Help me', 3]]);
  expect(await told('bob')).toEqual([]);
  expect((await told('cleo')).sort()).toEqual([['followed', 'Help me', 3], ['followed', 'Help me', 4], ['mentioned', 'Help me', 2]]);
  expect((await told('agnes')).map(([kind]) => kind).sort()).toEqual(['asked', 'assigned', 'noted']);
});

test('what somebody may no longer see is no longer in their list', async () => {
  const { as, deliver, db } = await newsroom();
  await as('alice').run(openTicket, { subject: 'Help me', body: 'Please.' });
  await as('agnes').run(replyToTicket, { number: 1, body: 'Answered.' });
  await deliver();
  await db.$client.execute("update tickets set requester_id = 'usr_bob'");
  expect((await as('alice').load(notificationsPage({ limit: 10 })))[0].items).toEqual([]);
});

test('everything can be marked as seen at once; of somebody else’s ticket nothing', async () => {
  const { as, deliver, unseen } = await newsroom();
  await as('alice').run(openTicket, { subject: 'Help me', body: 'Please.' });
  await as('agnes').run(replyToTicket, { number: 1, body: 'Answered.' });
  await deliver();
  await expect(as('bob').run(seeNotifications, { ticket: 1 })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('visitor').run(seeNotifications, {})).rejects.toMatchObject({ reason: 'signed_out' });
  await as('alice').run(seeNotifications, {});
  expect(await unseen('alice')).toBe(0);
});

test('a mention is a handle after @, outside of code and addresses, at most ten of them', () => {
  expect(mentionsIn('@Anna and @bob-2, not anna@example.org, `@code`, \n```\n@block\n```\n(@carol) @@twice /@path')).toEqual(['anna', 'bob-2', 'carol']);
  expect(mentionsIn(Array.from({ length: 30 }, (_, i) => `@p${i}`).join(' '))).toHaveLength(10);
});
