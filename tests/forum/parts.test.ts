import { expect, test } from 'vitest';
import { assignTopic } from '../../worker/assignments/assign.ts';
import { assignmentOfTopic } from '../../worker/assignments/queries.ts';
import { draftOf } from '../../worker/drafts/queries.ts';
import { saveDraft } from '../../worker/drafts/save.ts';
import { readingOfTopic } from '../../worker/following/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, topicByNumber } from '../../worker/forum/queries.ts';
import type { TopicPart } from '../../worker/forum/screen.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { handoversOfTopic } from '../../worker/handovers/queries.ts';
import { takePost } from '../../worker/handovers/take.ts';
import { movedFrom, timersOfTopic, whispersOfTopic } from '../../worker/moderation/queries.ts';
import { setTimer } from '../../worker/moderation/set-timer.ts';
import { splitTopic } from '../../worker/moderation/split.ts';
import { whisper } from '../../worker/moderation/whisper.ts';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

/** What there is to show of the first topic, part by part, when all is asked for. */
async function shown({ as }: Stoa): Promise<TopicPart[]> {
  const [handovers, moves, timers, whispers, care] = await as('lena').load(handoversOfTopic(1), movedFrom(1, 1, 20), timersOfTopic(1), whispersOfTopic(1, 1, 20), assignmentOfTopic(1));
  const there: Record<TopicPart, boolean> = { handovers: handovers.length > 0, moves: moves.length > 0, timers: timers.length > 0, whispers: whispers.length > 0, care: care !== undefined };
  return (Object.keys(there) as TopicPart[]).filter((part) => there[part]);
}

async function replied() {
  const world = await stoa();
  await world.as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'On paper.', kind: 'question' });
  const ids = [];
  for (const body of ['With ink.', 'With a pen.', 'Something else.']) ids.push((await world.as('bob').run(replyToTopic, { number: 1, body })).id);
  return { ...world, ids };
}

test('whatever happens to a topic, its page is told of every part that there is something for', async () => {
  const { ids, ...world } = await replied();
  const { as } = world;
  const parts = async () => (await as('visitor').load(topicByNumber(1)))[0].has;
  expect([await shown(world), await parts()]).toEqual([[], []]);
  const story: [TopicPart, () => Promise<unknown>][] = [
    ['timers', () => as('mara').run(setTimer, { number: 1, kind: 'close', days: '3' })],
    ['whispers', () => as('lena').run(whisper, { number: 1, place: 1, body: 'Careful.' })],
    ['care', () => as('mara').run(assignTopic, { number: 1, assignee: 'usr_agnes' })],
    ['handovers', () => as('agnes').run(takePost, { post: ids[1]! })],
    ['moves', () => as('mara').run(splitTopic, { number: 1, posts: [ids[2]!], title: 'Something else', category: 'help' })],
  ];
  for (const [part, happens] of story) {
    await happens();
    const [there, told] = [await shown(world), await parts()];
    expect([part, there.filter((one) => !told.includes(one)), there.includes(part)]).toEqual([part, [], true]);
  }
});

test('a reader’s own draft is told of, and what is left out of a topic is the answers elsewhere and what its category is part of', async () => {
  const { as, ids } = await replied();
  const has = async (who: 'alice' | 'bob') => (await as(who).load(readingOfTopic(1)))[0]!.has;
  expect([await has('alice'), (await as('alice').load(draftOf(1)))[0]]).toEqual([[], undefined]);
  await as('alice').run(saveDraft, { number: 1, body: 'Thanks', draft: 0 });
  expect([await has('alice'), await has('bob')]).toEqual([['draft'], []]);
  await as('alice').run(acceptAnswer, { number: 1, post: ids[0]! });
  const [topic, whole, part, second] = await as('alice').load(topicByNumber(1), postsOfTopic(1, 1), postsOfTopic(1, 1, false), postsOfTopic(1, 2, false));
  expect([topic.acceptedPostId, whole, second]).toEqual([ids[0], part, []]);
  expect((await as('alice').load(topicByNumber(1, false)))[0]).toEqual(topic);
});

test('a post tells what it may have, and where that is left out, everything else is the same', async () => {
  const { as, db, ids } = await replied();
  const [bare, all] = [{ reports: false, attached: false, quotes: false }, { reports: true, attached: true, quotes: true }];
  const page = async (seldom: typeof all) => (await as('visitor').load(postsOfTopic(1, 1, false, seldom)))[0];
  expect(await page(bare)).toEqual(await page(all));
  expect((await page(bare)).flatMap(({ has }) => has)).toEqual([]);
  await as('alice').run(replyToTopic, { number: 1, body: '> With ink.\n> — [bob](/forum/topics/1?post=2)\n\nThanks.' });
  await db.$client.execute({ sql: "insert into post_quotes (source_id, post_id) select ?, id from posts where number = 5 on conflict do nothing", args: [ids[0]!] });
  await db.$client.execute({ sql: "insert into attachments (id, owner_id, name, type, size, sha256, post_id, created_at) values ('att_1', 'usr_bob', 'a', 'text/plain', 9, '', ?, 1)", args: [ids[1]!] });
  await db.$client.execute({ sql: "insert into flags (post_id, author_id, kind, weight, created_at) values (?, 'usr_carol', 'spam', 1, 1)", args: [ids[2]!] });
  const [whole, part] = [await page(all), await page(bare)];
  expect(whole.map(({ has }) => has)).toEqual([[], ['quotes'], ['attached'], ['reports'], []]);
  expect(whole.map(({ quotedIn, attachments, isReported }) => [quotedIn, attachments.length, isReported])).toEqual([[[], 0, false], [[5], 0, false], [[], 1, false], [[], 0, true], [[], 0, false]]);
  expect(part).toEqual(whole.map((post) => ({ ...post, quotedIn: [], attachments: [], isReported: false })));
});
