import { expect, test } from 'vitest';
import { readingOfTopic } from '../../worker/following/queries.ts';
import { postsOfTopic, standingOfTopic } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { voteOnTopic } from '../../worker/forum/vote.ts';
import { votes } from '../../worker/ideas/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { voteStays } from '../../worker/posts/access.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { voteOnPost } from '../../worker/posts/vote.ts';
import { hotTopics, topTopics } from '../../worker/rankings/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { aliceAsks } from './support.ts';

test('one vote a person and post, up or down, changed and taken back', async () => {
  const { as, db, reply } = await aliceAsks();
  const cast = (value: string) => as('alice').run(voteOnPost, { post: reply, value }).then(({ ups, downs }) => [ups, downs]);
  expect([await cast('up'), await cast('up'), await cast('down'), await cast('none')]).toEqual([[1, 0], [1, 0], [0, 1], [0, 0]]);
  await cast('up');
  const seen = async (who: 'alice' | 'carol') => {
    const [posts, reading] = await as(who).load(postsOfTopic(1, 1), readingOfTopic(1));
    return [posts[1]!.ups, posts[1]!.downs, reading!.votes.get(reply)?.vote];
  };
  expect([await seen('alice'), await seen('carol')]).toEqual([[1, 0, 1], [1, 0, undefined]]);
  expect((await db.select().from(outbox)).at(-1)).toMatchObject({ type: 'post.voted', actorId: 'usr_alice' });
});

test('a vote for a topic is one for its first post', async () => {
  const { as, first } = await aliceAsks();
  await as('bob').run(voteOnTopic, { number: 1, isFor: true });
  const [[post], reading] = await as('bob').load(postsOfTopic(1, 1), readingOfTopic(1));
  expect([post!.ups, reading!.votes.get(first)?.vote]).toEqual([1, 1]);
  await as('bob').run(voteOnPost, { post: first, value: 'down' });
  expect((await as('bob').load(standingOfTopic(1)))[0]).toMatchObject({ votes: 0, voted: false });
});

test('a vote for a topic keeps the rules of votes: not one’s own, and so many a day', async () => {
  const { as, later, db } = await aliceAsks();
  await expect(as('alice').run(voteOnTopic, { number: 1, isFor: true })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(voteOnTopic, { number: 1, isFor: true })).rejects.toMatchObject({ reason: 'signed_out' });
  for (let i = 0; i < 11; i++) await later(i, 'mara').run(openTopic, { category: 'help', title: `Topic ${i}`, body: 'Words.' });
  const cast = (number: number) => as('bob').run(voteOnTopic, { number, isFor: true }).then(() => 'given', (error) => error.reason);
  const given = await Promise.all(Array.from({ length: 11 }, (_, i) => cast(i + 2)));
  expect([given.filter((one) => one === 'given').length, given.filter((one) => one === 'too_many').length]).toEqual([10, 1]);
  const [again] = [given.indexOf('given') + 2];
  expect([await cast(again), (await as('bob').run(voteOnTopic, { number: again, isFor: false })).votes, await cast(given.indexOf('too_many') + 2)]).toEqual(['given', 0, 'given']);
  expect((await db.select().from(votes)).every(({ toId, createdAt }) => toId === 'usr_mara' && createdAt > 0)).toBe(true);
});

test('a vote against a topic is taken back as one for it is', async () => {
  const { as, first } = await aliceAsks();
  await as('bob').run(voteOnPost, { post: first, value: 'down' });
  expect(await as('bob').run(voteOnTopic, { number: 1, isFor: false })).toEqual({ votes: 0, voted: false });
  const [[post], reading] = await as('bob').load(postsOfTopic(1, 1), readingOfTopic(1));
  expect([post!.downs, [...reading!.votes]]).toEqual([0, []]);
});

test('a vote is turned or taken back within five minutes; then it stays, until the post says something else', async () => {
  const { as, later, reply, first } = await aliceAsks();
  const cast = (minutes: number, value: string) => later(minutes, 'alice').run(voteOnPost, { post: reply, value }).then(({ vote }) => vote, (error) => error.reason);
  expect([await cast(0, 'up'), await cast(3, 'up'), await cast(4, 'down'), await cast(8, 'none'), await cast(8, 'up'), await cast(13, 'up'), await cast(13, 'none'), await cast(13, 'down')]).toEqual(['up', 'up', 'down', 'none', 'up', 'up', 'conflict', 'conflict']);
  await later(20, 'bob').run(editPost, { post: reply, body: 'Put better paper in.' });
  expect([await cast(21, 'down'), await cast(25, 'none'), await cast(25, 'down'), await cast(30, 'none')]).toEqual(['down', 'none', 'down', 'conflict']);
  await as('bob').run(voteOnTopic, { number: 1, isFor: true });
  await expect(later(5, 'bob').run(voteOnTopic, { number: 1, isFor: false })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(later(5, 'bob').run(voteOnPost, { post: first, value: 'down' })).rejects.toMatchObject({ reason: 'conflict' });
  const [[post], reading] = await later(5, 'bob').load(postsOfTopic(1, 1), readingOfTopic(1));
  const given = reading!.votes.get(first)!;
  expect([0, 4, 5].map((minutes) => voteStays(given, post!.editedAt, given.votedAt + minutes * 60_000))).toEqual([false, false, true]);
});

test('a vote against takes two of the votes of the day', async () => {
  const { later, db } = await aliceAsks();
  await db.$client.execute("update trust set level = 0 where user_id = 'usr_alice'");
  const posts = [];
  for (let i = 0; i < 20; i++) posts.push((await later(i, i % 2 ? 'mara' : 'agnes').run(replyToTopic, { number: 1, body: `Answer ${i}` })).id);
  const cast = (value: string) => (post: string) => later(30, 'alice').run(voteOnPost, { post, value }).then(() => 'given', (error) => error.reason);
  const [down, up] = [await Promise.all(posts.slice(0, 6).map(cast('down'))), await Promise.all(posts.slice(6).map(cast('up')))];
  expect([down, up].map((all) => all.filter((one) => one === 'given').length)).toEqual([6, 8]);
  expect(await later(31, 'alice').run(voteOnPost, { post: posts[0]!, value: 'none' })).toMatchObject({ vote: 'none' });
  expect(await Promise.all(posts.slice(6).filter((_, i) => up[i] !== 'given').map(cast('up')))).toEqual(expect.arrayContaining(['given', 'given', 'too_many']));
});

test('own posts are not voted on, by visitors none', async () => {
  const { as, reply } = await aliceAsks();
  await expect(as('bob').run(voteOnPost, { post: reply, value: 'up' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(voteOnPost, { post: reply, value: 'up' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('alice').run(voteOnPost, { post: reply, value: 'sideways' })).rejects.toMatchObject({ issues: { value: 'Vote up, down, or not at all.' } });
  await expect(as('alice').run(voteOnPost, { post: 'pst_none', value: 'up' })).rejects.toMatchObject({ reason: 'not_found' });
});

test('six votes down a day, ten on one person, also when they come at once; tomorrow again', async () => {
  const { as, later } = await aliceAsks();
  const posts = [];
  for (let i = 0; i < 12; i++) posts.push((await later(i, i % 2 ? 'bob' : 'carol').run(replyToTopic, { number: 1, body: `Answer ${i}` })).id);
  const cast = (value: string) => (post: string) => as('alice').run(voteOnPost, { post, value }).then(() => 'given', (error) => error.reason);
  const down = await Promise.all(posts.map(cast('down')));
  expect([down.filter((one) => one === 'given').length, down.filter((one) => one === 'too_many').length]).toEqual([6, 6]);
  const more = [];
  for (let i = 0; i < 12; i++) more.push((await later(20 + i, 'carol').run(replyToTopic, { number: 1, body: `More ${i}` })).id);
  const up = await Promise.all(more.map(cast('up')));
  expect(up.filter((one) => one === 'given').length).toBe(10 - down.filter((one, i) => one === 'given' && i % 2 === 0).length);
  await later(60 * 25, 'alice').run(voteOnPost, { post: posts[11], value: 'down' });
});

test('hot topics are new ones that people like and answer; top ones have the most votes of their time', async () => {
  const { as, now, reply } = await aliceAsks();
  await as('bob').run(openTopic, { category: 'help', title: 'Quiet', body: 'Nobody answers.' });
  await as('alice').run(voteOnPost, { post: reply, value: 'up' });
  const at = now.getTime() + 60_000;
  const titles = (rows: { title: string }[]) => rows.map(({ title }) => title);
  const [hot, week, all] = await as('visitor').load(hotTopics(at), topTopics('week', at), topTopics('all', at));
  expect([titles(hot), titles(week), titles(all), week[0]!.likes]).toEqual([['How do I print?', 'Quiet'], ['How do I print?', 'Quiet'], ['How do I print?', 'Quiet'], 1]);
  expect((await as('carol').load(topTopics('week', at + 8 * 86_400_000)))[0]).toEqual([]);
});
