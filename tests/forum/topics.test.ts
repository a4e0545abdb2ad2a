import { expect, test } from 'vitest';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, topicByNumber, topicsPage } from '../../worker/forum/queries.ts';
import { nextOfTeam } from '../../worker/forum/screen.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { removePost } from '../../worker/posts/remove.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { stoa } from '../support/stoa.ts';

const question = { category: 'help', title: 'How do I print?', body: 'It does **nothing**.', tags: 'printer, paper', kind: 'question' };

test('a question is there for everyone, its text is its first post, and it is announced', async () => {
  const { as, db } = await stoa();
  const { number, slug } = await as('alice').run(openTopic, question);
  expect([number, slug]).toEqual([1, 'how-do-i-print']);
  const [topic, posts] = await as('visitor').load(topicByNumber(1), postsOfTopic(1, 1));
  expect([topic.title, topic.tags, topic.author.name]).toEqual(['How do I print?', ['printer', 'paper'], 'alice']);
  expect(posts.map((post) => post.html)).toEqual(['<p>It does <strong>nothing</strong>.</p>\n']);
  expect((await db.select().from(outbox)).map((event) => event.type)).toEqual(['topic.opened']);
});

test('fifty people answer at once, and all fifty answers stand, in order', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, question);
  await Promise.all(Array.from({ length: 50 }, (_, i) => as((['bob', 'mara', 'agnes', 'cleo', 'ada'] as const)[i % 5]!).run(replyToTopic, { number: 1, body: `Answer ${i}` })));
  const [topic, first, third] = await as('alice').load(topicByNumber(1), postsOfTopic(1, 1), postsOfTopic(1, 3));
  expect([topic.postsCount, first.length, third.length]).toEqual([51, 20, 11]);
  expect(third.map((post) => post.number)).toEqual(Array.from({ length: 11 }, (_, i) => 41 + i));
});

test('a form sent twice makes one topic', async () => {
  const { as } = await stoa();
  const first = await as('alice').run(openTopic, question, 'key-of-the-form');
  const second = await as('alice').run(openTopic, question, 'key-of-the-form');
  expect(second).toEqual(first);
  expect((await as('alice').load(topicsPage({ limit: 10 }, {})))[0].items).toHaveLength(1);
});

test('the asker says what solved it, and may take it back; a stranger may not', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, question);
  const { id } = await as('bob').run(replyToTopic, { number: 1, body: 'Paper.' });
  await expect(as('bob').run(acceptAnswer, { number: 1, post: id })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('alice').run(acceptAnswer, { number: 1, post: id });
  // It stands on its own page, and on every other beside the question.
  for (const page of [1, 2]) expect((await as('visitor').load(postsOfTopic(1, page)))[0].at(-1)?.id).toBe(id);
  await as('alice').run(acceptAnswer, { number: 1, post: id });
  expect((await as('visitor').load(postsOfTopic(1, 2)))[0]).toEqual([]);
});

test('several answers stand under the question; the topic is solved as long as one of them counts', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, question);
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) ids.push((await as('mara').run(replyToTopic, { number: 1, body: `Way ${i}.` })).id);
  const [first, second] = ids as [string, string];
  const standing = async () => {
    const [topic, answers] = await as('visitor').load(topicByNumber(1), postsOfTopic(1, 2));
    return [topic.acceptedPostId, answers.map(({ id }) => id)];
  };
  await as('alice').run(acceptAnswer, { number: 1, post: first });
  await as('mara').run(acceptAnswer, { number: 1, post: second });
  expect(await standing()).toEqual([first, [first, second]]);
  await as('mara').run(removePost, { post: first, reason: 'Twice.' });
  expect(await standing()).toEqual([second, [second]]);
  await expect(as('alice').run(acceptAnswer, { number: 1, post: first })).rejects.toMatchObject({ reason: 'conflict' });
  await as('alice').run(acceptAnswer, { number: 1, post: second });
  expect(await standing()).toEqual([null, []]);
});

test('five answers of a topic are accepted at most', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, question);
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) ids.push((await as('mara').run(replyToTopic, { number: 1, body: `Way ${i}.` })).id);
  for (const post of ids.slice(1)) await as('alice').run(acceptAnswer, { number: 1, post });
  await expect(as('alice').run(acceptAnswer, { number: 1, post: ids[0] })).rejects.toMatchObject({ reason: 'conflict' });
});

test('one answer of the team leads to the next; of others and of what was removed there is none', async () => {
  const { as } = await stoa();
  await as('agnes').run(openTopic, question);
  for (const who of ['bob', 'agnes', 'mara', 'cleo', 'ada'] as const) await as(who).run(replyToTopic, { number: 1, body: `Says ${who}.` });
  const next = async (after: number) => (await as('visitor').load(nextOfTeam(1, after)))[0]?.place;
  expect([await next(0), await next(3), await next(5), await next(6)]).toEqual([3, 5, 6, undefined]);
  const [posts] = await as('visitor').load(postsOfTopic(1, 1));
  await as('ada').run(removePost, { post: posts[4]!.id, reason: 'Wrong.' });
  expect(await next(3)).toBe(6);
});

test('bad input names its field; a visitor is sent to sign in; what is not there is not found', async () => {
  const { as } = await stoa();
  await expect(as('alice').run(openTopic, { ...question, title: ' ', category: 'nowhere' })).rejects.toMatchObject({ reason: 'invalid', issues: { title: 'Write a title.' } });
  await expect(as('alice').run(openTopic, { ...question, body: 'a\u0000b' })).rejects.toMatchObject({ reason: 'invalid' });
  await expect(as('alice').run(openTopic, { ...question, kind: 'announcement' })).rejects.toMatchObject({ reason: 'invalid' });
  await expect(as('visitor').run(openTopic, question)).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('alice').run(replyToTopic, { number: 99, body: 'Hello' })).rejects.toMatchObject({ reason: 'not_found' });
});

test('lists go on where they ended, without repeating or missing a topic', async () => {
  const { as } = await stoa();
  for (let i = 0; i < 7; i++) await as('alice').run(openTopic, { ...question, title: `Topic ${i}` });
  const [first] = await as('visitor').load(topicsPage({ limit: 3 }, { unanswered: true }));
  const [second] = await as('visitor').load(topicsPage({ limit: 10, after: first.next! }, { unanswered: true }));
  expect(new Set([...first.items, ...second.items].map((topic) => topic.id)).size).toBe(7);
  expect(second.next).toBeNull();
});
