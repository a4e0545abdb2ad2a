import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { topicByNumber, topicsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { workTimers } from '../../worker/moderation/jobs.ts';
import { lockTopic } from '../../worker/moderation/lock.ts';
import { postsOfTopic } from '../../worker/forum/queries.ts';
import { voteOnTopic } from '../../worker/forum/vote.ts';
import { restrictTopic } from '../../worker/moderation/restrict.ts';
import { voteOnPost } from '../../worker/posts/vote.ts';
import { pinTopic } from '../../worker/moderation/pin.ts';
import { timersOfTopic } from '../../worker/moderation/queries.ts';
import { setTimer } from '../../worker/moderation/set-timer.ts';
import { slowTopic } from '../../worker/moderation/slow.ts';
import { question, settingOf, stoa } from '../support/stoa.ts';

const DAY = 86_400_000;

async function asked() {
  const world = await stoa();
  await world.as('alice').run(openTopic, question);
  const later = (days: number) => settingOf({ db: world.db, now: new Date(world.now.getTime() + days * DAY) });
  const topic = async () => (await world.as('visitor').load(topicByNumber(1)))[0];
  return { ...world, later, topic };
}

test('in a slow topic each person replies only so often, of many at once one; moderators as they need to', async () => {
  const { as, topic, db, now } = await asked();
  await as('mara').run(slowTopic, { number: 1, minutes: '10' });
  expect((await topic()).slowSeconds).toBe(600);
  const both = await Promise.allSettled([1, 2, 3].map((i) => as('bob').run(replyToTopic, { number: 1, body: `So ${i}.` })));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(as('bob').run(replyToTopic, { number: 1, body: 'And.' })).rejects.toMatchObject({ reason: 'too_many', retryAfter: 600, message: 'This topic is slow: wait a while before you write in it again.' });
  await as('carol').run(replyToTopic, { number: 1, body: 'Another.' });
  for (const body of ['One.', 'Two.']) await as('mara').run(replyToTopic, { number: 1, body });
  await db.$client.execute({ sql: 'update posts set created_at = ?', args: [now.getTime() - 600_000] });
  await db.$client.execute({ sql: 'update attempts set at = ?', args: [now.getTime() - 600_000] });
  await as('bob').run(replyToTopic, { number: 1, body: 'Later.' });
  await as('mara').run(slowTopic, { number: 1, minutes: 0 });
  await as('bob').run(replyToTopic, { number: 1, body: 'At once.' });
});

test('where votes are frozen nobody gives or takes one back; where replies are left to the team only those reply who work here or moderate there; one does not touch the other', async () => {
  const { as, topic, db } = await asked();
  const { id: post } = await as('bob').run(replyToTopic, { number: 1, body: 'With paper.' });
  await as('carol').run(voteOnPost, { post, value: 'up' });
  await expect(as('alice').run(restrictTopic, { number: 1, votesFrozen: 'yes' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('mara').run(restrictTopic, { number: 1, votesFrozen: 'yes' });
  for (const vote of [() => as('carol').run(voteOnPost, { post, value: 'none' }), () => as('alice').run(voteOnPost, { post, value: 'up' }), () => as('mara').run(voteOnTopic, { number: 1, isFor: true })]) await expect(vote()).rejects.toMatchObject({ reason: 'conflict', message: 'Votes in this topic are frozen.' });
  expect((await as('visitor').load(postsOfTopic(1, 1)))[0][1]?.ups).toBe(1);
  await as('bob').run(replyToTopic, { number: 1, body: 'Still here.' });
  await as('mara').run(restrictTopic, { number: 1, teamOnly: 'yes' });
  expect([(await topic()).votesFrozenAt, (await topic()).teamOnlyAt].includes(null)).toBe(false);
  for (const who of ['bob', 'alice'] as const) await expect(as(who).run(replyToTopic, { number: 1, body: 'And I?' })).rejects.toMatchObject({ reason: 'forbidden', message: 'Only the team replies in this topic.' });
  for (const who of ['mara', 'lena', 'agnes'] as const) await as(who).run(replyToTopic, { number: 1, body: 'We look.' });
  await as('mara').run(restrictTopic, { number: 1, votesFrozen: 'no', teamOnly: 'no' });
  await as('carol').run(voteOnPost, { post, value: 'none' });
  await as('bob').run(replyToTopic, { number: 1, body: 'Thank you.' });
  expect((await db.$client.execute("select data ->> '$.to' as t from outbox where type = 'topic.restricted' order by revision")).rows.map((row) => JSON.parse(row['t'] as string))).toEqual([{ votesFrozen: true, teamOnly: false }, { votesFrozen: true, teamOnly: true }, { votesFrozen: false, teamOnly: false }]);
});

test('the clock locks, opens, unpins, bumps and takes away, once, on its day; the topic says so before', async () => {
  const { as, topic, later, db } = await asked();
  await as('mara').run(setTimer, { number: 1, kind: 'close', on: '2026-01-10', days: '' });
  await as('mara').run(setTimer, { number: 1, kind: 'open', on: '2026-01-12' });
  expect((await as('visitor').load(timersOfTopic(1)))[0]).toEqual([{ kind: 'close', dueAt: new Date('2026-01-10'), daysAfter: null }, { kind: 'open', dueAt: new Date('2026-01-12'), daysAfter: null }]);
  expect(await workTimers.work(later(4))).toBe(0);
  expect((await topic()).lockedAt).toBeNull();
  expect((await Promise.all([workTimers.work(later(5)), workTimers.work(later(5))])).sort()).toEqual([0, 1]);
  expect((await topic()).lockedAt).not.toBeNull();
  expect(await workTimers.work(later(8))).toBe(1);
  expect((await topic()).lockedAt).toBeNull();
  await as('mara').run(pinTopic, { number: 1, pinned: 'yes' });
  for (const kind of ['unpin', 'bump'] as const) await as('mara').run(setTimer, { number: 1, kind, on: '2026-01-14' });
  await workTimers.work(later(10));
  expect((await topic()).lastPostAt).toEqual(later(10).now);
  await as('mara').run(setTimer, { number: 1, kind: 'delete', on: '2026-01-20' });
  await workTimers.work(later(20));
  await expect(topic()).rejects.toMatchObject({ reason: 'not_found' });
  expect((await as('mara').load(topicsPage({ limit: 9 }, {})))[0].items).toEqual([]);
  expect((await db.$client.execute("select type from outbox where data like '%timer%' order by created_at, type")).rows.map((row) => row['type'])).toEqual(['topic.locked', 'topic.unlocked', 'topic.bumped', 'topic.unpinned', 'topic.hidden']);
  expect((await db.$client.execute('select action, rule, is_automatic from moderation_log order by created_at')).rows.map((row) => [row['action'], row['rule'], row['is_automatic']])).toEqual([['locked', 'timer', 1], ['unlocked', 'timer', 1], ['removed', 'timer', 1]]);
});

test('what waits for silence waits on while people write, and can be taken back', async () => {
  const { as, topic, later, db } = await asked();
  await as('mara').run(setTimer, { number: 1, kind: 'close', days: '3' });
  await db.$client.execute({ sql: 'update topics set last_post_at = ?', args: [later(2).now.getTime()] });
  expect(await workTimers.work(later(3))).toBe(0);
  expect((await as('visitor').load(timersOfTopic(1)))[0]).toEqual([{ kind: 'close', dueAt: later(5).now, daysAfter: 3 }]);
  await as('mara').run(setTimer, { number: 1, kind: 'close' });
  expect(await workTimers.work(later(9))).toBe(0);
  expect((await topic()).lockedAt).toBeNull();
});

test('only moderators set them; bad input names its field', async () => {
  const { as } = await asked();
  await expect(as('alice').run(slowTopic, { number: 1, minutes: 5 })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(setTimer, { number: 1, kind: 'close', days: 1 })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('mara').run(setTimer, { number: 9, kind: 'close', days: 1 })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('mara', { scopes: { categories: ['cat_x'] } }).run(setTimer, { number: 1, kind: 'close', days: 1 })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('mara').run(slowTopic, { number: 1, minutes: 'x' })).rejects.toMatchObject({ issues: { minutes: 'Choose how slow: up to a day.' } });
  for (const [more, field] of [[{ kind: 'x' }, 'kind'], [{ on: 'soon' }, 'on'], [{ on: '2020-01-01' }, 'on'], [{ days: 'x' }, 'days'], [{ on: '2027-01-01', days: 3 }, 'days']] as const) {
    await expect(as('mara').run(setTimer, { number: 1, kind: 'close', ...more })).rejects.toMatchObject({ reason: 'invalid', issues: { [field]: expect.any(String) } });
  }
  await as('mara').run(lockTopic, { number: 1, locked: 'yes' });
});
