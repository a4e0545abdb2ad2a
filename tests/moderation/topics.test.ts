import { expect, test } from 'vitest';
import { follow } from '../../worker/following/follow.ts';
import { readingOfTopic } from '../../worker/following/queries.ts';
import { readTopic } from '../../worker/following/read.ts';
import { changeTopic } from '../../worker/forum/change.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { postsOfTopic, postsPage, standingOfTopic, topicByNumber, topicsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { lockTopic } from '../../worker/moderation/lock.ts';
import { mergeTopic } from '../../worker/moderation/merge.ts';
import { pinTopic } from '../../worker/moderation/pin.ts';
import { movedFrom, movedTo, whispersOfTopic } from '../../worker/moderation/queries.ts';
import { setProblem } from '../../worker/moderation/set-problem.ts';
import { splitTopic } from '../../worker/moderation/split.ts';
import { whisper } from '../../worker/moderation/whisper.ts';
import { voteOnPost } from '../../worker/posts/vote.ts';
import { searched } from '../../worker/search/queries.ts';
import { newsroom } from '../notifications/support.ts';
import { question, stoa } from '../support/stoa.ts';

type World = Pick<Awaited<ReturnType<typeof stoa>>, 'as'>;

/** Two topics: the second has a second question in it, with an answer. */
async function talk({ as }: World) {
  await as('alice').run(openTopic, question);
  await as('bob').run(replyToTopic, { number: 1, body: 'Paper.' });
  await as('bob').run(openTopic, { ...question, title: 'Printing fails', body: 'Toner zebra.' });
  const places = [];
  for (const [who, body] of [['alice', 'Same giraffe here.'], ['carol', 'And how do I scan?'], ['mara', 'Press scan.']] as const) places.push(await as(who).run(replyToTopic, { number: 2, body }));
  return places.map(({ id }) => id);
}

test('in a locked topic only moderators write, until it is opened again', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, question);
  await expect(as('alice').run(lockTopic, { number: 1, locked: 'yes' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(lockTopic, { number: 1, locked: 'yes' })).rejects.toMatchObject({ reason: 'signed_out' });
  await as('mara').run(lockTopic, { number: 1, locked: 'yes' });
  await expect(as('alice').run(replyToTopic, { number: 1, body: 'More.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('mara').run(replyToTopic, { number: 1, body: 'Locked because it is solved.' });
  await as('mara').run(lockTopic, { number: 1, locked: 'no' });
  await as('alice').run(replyToTopic, { number: 1, body: 'More.' });
});

test('a pinned topic stands first in its category', async () => {
  const { as } = await stoa();
  for (const title of ['One', 'Two']) await as('alice').run(openTopic, { ...question, title });
  await as('mara').run(pinTopic, { number: 1, pinned: 'yes' });
  const titles = async (pinned: boolean) => (await as('visitor').load(topicsPage({ limit: 9 }, { category: 'help', pinned })))[0].items.map(({ title }) => title);
  expect([await titles(true), await titles(false)]).toEqual([['One'], ['Two']]);
});

test('a moderator of one category controls topics there, and nowhere else', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, question);
  const elsewhere = as('mara', { scopes: { categories: ['cat_other'] } });
  for (const run of [() => elsewhere.run(lockTopic, { number: 1, locked: 'yes' }), () => elsewhere.run(pinTopic, { number: 1, pinned: 'yes' })]) await expect(run()).rejects.toMatchObject({ reason: 'forbidden' });
});

test('merged topics are one: posts, votes, followers, readers and search go along, and old addresses lead there', async () => {
  const { as, deliver, told } = await newsroom();
  await talk({ as });
  await deliver();
  await as('carol').run(follow, { kind: 'topic', target: '2', level: 'tracking' });
  await as('carol').run(readTopic, { number: 1, upTo: 2 });
  await as('carol').run(readTopic, { number: 2, upTo: 3 });
  const [[asked]] = await as('mara').load(postsOfTopic(2, 1));
  for (const [who, value] of [['carol', 'up'], ['lena', 'down']] as const) await as(who).run(voteOnPost, { post: asked!.id, value });
  await expect(as('alice').run(mergeTopic, { number: 2, into: 1 })).rejects.toMatchObject({ reason: 'forbidden' });
  for (const into of [2, 99]) await expect(as('mara').run(mergeTopic, { number: 2, into })).rejects.toMatchObject({ reason: 'invalid', issues: { into: expect.any(String) } });
  expect(await as('mara').run(mergeTopic, { number: 2, into: 1 })).toMatchObject({ number: 1, place: 3 });
  const [topic, posts, standing, reading] = await as('carol').load(topicByNumber(1), postsOfTopic(1, 1), standingOfTopic(1), readingOfTopic(1));
  expect([topic.postsCount, posts.map(({ number, author }) => `${number} ${author.name}`)]).toEqual([6, ['1 alice', '2 bob', '3 bob', '4 alice', '5 carol', '6 mara']]);
  expect([standing.votes, posts[2]!.ups, posts[2]!.downs, reading?.votes.get(asked!.id)?.vote, reading?.level, reading?.lastRead]).toEqual([0, 1, 1, 1, 'tracking', 5]);
  await as('carol').run(voteOnPost, { post: asked!.id, value: 'down' });
  expect((await as('carol').load(postsOfTopic(1, 1)))[0].map(({ ups, downs }) => ups - downs)).toEqual([0, 0, -2, 0, 0, 0]);
  await expect(as('visitor').load(topicByNumber(2))).rejects.toMatchObject({ reason: 'not_found' });
  const lead = async (place: number) => (await as('visitor').load(movedTo(2, place)))[0];
  expect([await lead(1), await lead(4), await lead(50)]).toMatchObject([{ number: 1, place: 3 }, { number: 1, place: 6 }, { number: 1, place: 3 }]);
  const hits = async (words: string) => (await as('visitor').load(searched(words, { locale: 'en', limit: 5 })))[0].map(({ url }) => url);
  expect([await hits('zebra'), await hits('giraffe')]).toEqual([['/forum/topics/1/how-do-i-print?page=1#post-3'], ['/forum/topics/1/how-do-i-print?page=1#post-4']]);
  expect((await told('bob')).map(([, title]) => title)).not.toContain('Printing fails');
  expect((await as('alice').run(openTopic, { ...question, title: 'Next' })).number).toBe(3);
});

test('posts that are split off are a topic; where they were, a line leads to them, and no number comes twice', async () => {
  const { as } = await stoa();
  const [, scan, press] = await talk({ as });
  await as('bob').run(acceptAnswer, { number: 2, post: press! });
  await expect(as('alice').run(splitTopic, { number: 2, posts: [scan], title: 'How do I scan?' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('mara').run(splitTopic, { number: 1, posts: [scan], title: 'How do I scan?' })).rejects.toMatchObject({ reason: 'invalid' });
  await as('alice').run(voteOnPost, { post: scan!, value: 'up' });
  const made = await as('mara').run(splitTopic, { number: 2, posts: [scan, press], title: 'How do I scan?' });
  const [topic, posts, old, left, moved] = await as('visitor').load(topicByNumber(made.number), postsOfTopic(3, 1), topicByNumber(2), postsOfTopic(2, 1), movedFrom(2, 1, 20));
  expect([topic.title, topic.author.name, topic.postsCount, posts.map(({ id, number }) => [id, number]), topic.acceptedPostId]).toEqual(['How do I scan?', 'carol', 2, [[scan, 1], [press, 2]], press]);
  await as('alice').run(voteOnPost, { post: scan!, value: 'none' });
  const [voted, own] = await as('alice').load(postsOfTopic(3, 1), readingOfTopic(3));
  expect([voted.map(({ ups }) => ups), [...own!.votes]]).toEqual([[0, 0], []]);
  expect([old.acceptedPostId, left.map(({ number }) => number)]).toEqual([null, [1, 2]]);
  expect(moved).toMatchObject([{ was: 3, number: 3, place: 1 }, { was: 4, number: 3, place: 2 }]);
  expect((await as('bob').run(replyToTopic, { number: 2, body: 'Back to printing.' })).place).toBe(5);
  expect((await as('visitor').load(searched('press', { locale: 'en', limit: 5 })))[0].map(({ url }) => url)).toEqual(['/forum/topics/3/how-do-i-scan?page=1#post-2']);
  await as('mara').run(mergeTopic, { number: 3, into: 1 });
  expect((await as('visitor').load(movedFrom(2, 1, 20)))[0]).toMatchObject([{ was: 3, number: 1, place: 3 }, { was: 4, number: 1, place: 4 }]);
});

test('whispers are for those who work here: in no post, count, search or notification of anybody else', async () => {
  const { as, deliver, told } = await newsroom();
  await as('alice').run(openTopic, question);
  await deliver();
  for (const who of ['alice', 'mara'] as const) await expect(as(who).run(whisper, { number: 1, place: 1, body: 'Canary.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('lena').run(whisper, { number: 1, place: 1, body: 'Canary zebra @alice.' });
  await deliver();
  for (const who of ['lena', 'agnes', 'cleo', 'ada'] as const) expect([who, (await as(who).load(whispersOfTopic(1, 1, 20)))[0].length]).toEqual([who, 1]);
  for (const who of ['visitor', 'alice', 'mara'] as const) expect(JSON.stringify(await as(who).load(whispersOfTopic(1, 1, 20), postsOfTopic(1, 1), postsPage({ limit: 9 }, 1), topicByNumber(1), searched('zebra', { locale: 'en', limit: 5 })))).not.toMatch(/canary|zebra/i);
  expect((await as('agnes').load(topicByNumber(1)))[0].postsCount).toBe(1);
  expect(await told('alice')).toEqual([]);
});

test('a topic moves to another category with its tags', async () => {
  const { as, db } = await stoa();
  await db.$client.execute("insert into categories (id, slug, name) values ('cat_other', 'other', 'Other')");
  await as('alice').run(openTopic, question);
  await as('mara').run(changeTopic, { number: 1, category: 'other' });
  expect((await as('visitor').load(topicByNumber(1)))[0].category.slug).toBe('other');
});

test('a problem is known, then fixed, and waits for no answer any more; only moderators say so, and only of problems', async () => {
  const { as } = await stoa();
  await as('alice').run(openTopic, { ...question, kind: 'problem' });
  await as('bob').run(openTopic, { ...question, title: 'How do I scan?' });
  const unsolved = async () => (await as('visitor').load(topicsPage({ limit: 5 }, { unsolved: true })))[0].items.map(({ number, problemState }) => [number, problemState]);
  await as('mara').run(setProblem, { number: 1, state: 'known' });
  expect(await unsolved()).toEqual([[2, null], [1, 'known']]);
  await as('mara').run(setProblem, { number: 1, state: 'fixed' });
  expect([await unsolved(), (await as('visitor').load(topicByNumber(1)))[0].problemState]).toEqual([[[2, null]], 'fixed']);
  await as('mara').run(setProblem, { number: 1, state: '' });
  expect((await unsolved()).length).toBe(2);
  await expect(as('alice').run(setProblem, { number: 1, state: 'fixed' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(setProblem, { number: 1, state: 'fixed' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('mara').run(setProblem, { number: 2, state: 'fixed' })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(as('mara').run(setProblem, { number: 1, state: 'gone' })).rejects.toMatchObject({ issues: { state: 'Choose how it stands.' } });
});
