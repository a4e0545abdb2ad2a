import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, postsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { claimReview } from '../../worker/moderation/claim.ts';
import { decideReview } from '../../worker/moderation/decide.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { reasonsInTopic, reviewsDone, reviewsToDo } from '../../worker/moderation/records.ts';
import { HIDES, weightOf } from '../../worker/moderation/weight.ts';
import { searched } from '../../worker/search/queries.ts';
import { newsroom } from '../notifications/support.ts';
import { stoa } from '../support/stoa.ts';

const question = { category: 'help', title: 'How do I print?', body: 'It does nothing.', kind: 'question' };

async function spammed() {
  const world = await newsroom();
  await world.as('alice').run(openTopic, question);
  const { id } = await world.as('bob').run(replyToTopic, { number: 1, body: 'Buy zebra.' });
  const shown = async (who: 'visitor' | 'alice' | 'bob' | 'mara') => JSON.stringify(await world.as(who).load(postsOfTopic(1, 1), postsPage({ limit: 9 }, 1), searched('zebra', { locale: 'en', limit: 5 }))).includes('zebra');
  return { ...world, post: id, shown };
}

test('a flag comes into the queue of moderators, urgent first; who gave it is told to nobody else, and nobody flags twice or themself', async () => {
  const { as, post, shown } = await spammed();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  await expect(as('alice').run(flagPost, { post, kind: 'spam' })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(as('bob').run(flagPost, { post, kind: 'spam' })).rejects.toMatchObject({ reason: 'invalid' });
  await expect(as('carol').run(flagPost, { post, kind: 'other' })).rejects.toMatchObject({ reason: 'invalid', issues: { words: 'Say what is wrong with it.' } });
  await expect(as('carol').run(flagPost, { post, kind: 'nonsense' })).rejects.toMatchObject({ reason: 'invalid', issues: { kind: 'Choose what is wrong with it.' } });
  await expect(as('visitor').run(flagPost, { post, kind: 'spam' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('carol').run(flagPost, { post: 'pst_nowhere', kind: 'spam' })).rejects.toMatchObject({ reason: 'not_found' });
  const [[first]] = await as('alice').load(postsOfTopic(1, 1));
  await as('carol').run(flagPost, { post: first!.id, kind: 'illegal', words: 'See the law.' });
  const [queue] = await as('mara').load(reviewsToDo(50));
  expect(queue.map(({ isUrgent, author, flags }) => [isUrgent, author, flags])).toEqual([[true, 'alice', [{ kind: 'illegal', words: 'See the law.', by: 'carol' }]], [false, 'bob', [{ kind: 'spam', words: '', by: 'alice' }]]]);
  for (const who of ['visitor', 'alice', 'bob', 'lena'] as const) expect((await as(who).load(reviewsToDo(50), reviewsDone(50))).flat()).toEqual([]);
  expect((await as('mara', { scopes: { categories: ['cat_other'] } }).load(reviewsToDo(50)))[0]).toEqual([]);
  expect(await shown('visitor')).toBe(true);
});

test('flags that weigh enough hide a post at once; its author reads why and is told once, without a name', async () => {
  const { as, post, shown, deliver, told, db } = await spammed();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  await as('lena').run(flagPost, { post, kind: 'spam' });
  expect(await shown('visitor')).toBe(true);
  await as('carol').run(flagPost, { post, kind: 'off_topic' });
  await as('agnes').run(flagPost, { post, kind: 'spam' });
  await deliver();
  expect([await shown('visitor'), await shown('alice'), await shown('bob'), await shown('mara')]).toEqual([false, false, true, true]);
  expect((await told('bob')).filter(([kind]) => kind === 'hidden')).toEqual([['hidden', 'How do I print?', 2]]);
  expect((await db.$client.execute("select actor_id from notifications where kind = 'hidden'")).rows.map((row) => row['actor_id'])).toEqual([null]);
  const reasons = async (who: 'bob' | 'alice' | 'visitor') => (await as(who).load(reasonsInTopic(1, 1, 20)))[0].map(({ kinds, isAutomatic }) => [kinds.sort(), isAutomatic]);
  expect([await reasons('bob'), await reasons('alice'), await reasons('visitor')]).toEqual([[[['off_topic', 'spam'], true]], [], []]);
});

test('a flag for being illegal hides nothing by its weight; of accounts younger than a week two count', async () => {
  const { as, post, shown, db } = await spammed();
  await as('agnes').run(flagPost, { post, kind: 'illegal' });
  await as('cleo').run(flagPost, { post, kind: 'illegal' });
  expect(await shown('visitor')).toBe(true);
  const { now } = await stoa();
  for (let i = 0; i < 12; i++) {
    await db.$client.execute({ sql: "insert into users (id, email, name, handle, created_at) values (?, ?, 'New', ?, ?)", args: [`usr_new${i}`, `new${i}@example.org`, `new${i}`, now.getTime() - 86_400_000] });
    await as('alice', { id: `usr_new${i}` }).run(flagPost, { post, kind: 'spam' });
  }
  expect((await as('mara').load(reviewsToDo(50)))[0][0]?.score).toBe(2);
  expect(await shown('visitor')).toBe(true);
});

test('a moderator takes it, decides once, and says why; disagreeing shows it again', async () => {
  const { as, post, shown, deliver, told } = await spammed();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  const [[another]] = await as('alice').load(postsOfTopic(1, 1));
  await as('lena').run(flagPost, { post: another!.id, kind: 'off_topic' });
  const version = async () => (await as('mara').load(reviewsToDo(50)))[0].find(({ postId }) => postId === post)!.revision;
  const seen = await version();
  await as('mara').run(claimReview, { post, version: seen });
  await expect(as('agnes').run(decideReview, { post, version: seen, decision: 'ignore' })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(as('alice').run(decideReview, { post, version: seen, decision: 'ignore' })).rejects.toMatchObject({ reason: 'not_found' });
  await as('mara').run(decideReview, { post, version: await version(), decision: 'agree', words: 'No advertising.' });
  await deliver();
  expect([await shown('visitor'), (await as('mara').load(reviewsToDo(50)))[0].length, (await as('mara').load(reviewsDone(9)))[0].map(({ status, words, decider }) => [status, words, decider])]).toEqual([false, 1, [['agree', 'No advertising.', 'mara']]]);
  expect((await as('bob').load(reasonsInTopic(1, 1, 20)))[0].map(({ kinds, words, isAutomatic }) => [kinds, words, isAutomatic])).toEqual([[['spam'], 'No advertising.', false]]);
  await as('carol').run(flagPost, { post, kind: 'spam' });
  await as('agnes').run(decideReview, { post, version: await version(), decision: 'disagree' });
  await deliver();
  expect(await shown('visitor')).toBe(true);
  expect((await told('bob')).map(([kind]) => kind).sort()).toEqual(['hidden', 'shown']);
});

test('one person who does not work here never hides a post alone; being right weighs more, being wrong less', () => {
  const of = (agreed: number, disagreed: number, isStaff = false) => weightOf({ isStaff, agreed, disagreed });
  for (let n = 0; n < 5_000; n += 7) expect(of(n, 0)).toBeLessThan(HIDES);
  expect([of(0, 0), of(5, 0), of(0, 0, true)]).toEqual([1, 1, 6]);
  expect(of(16, 0)).toBeGreaterThan(of(14, 2));
  expect([of(0, 64), of(0, 64, true) >= 0]).toEqual([0, true]);
});
