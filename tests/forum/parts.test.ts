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
