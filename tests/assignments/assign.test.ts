import { expect, test } from 'vitest';
import { advanceAssignment } from '../../worker/assignments/advance.ts';
import { assignTopic } from '../../worker/assignments/assign.ts';
import { remindOfTopics } from '../../worker/assignments/jobs.ts';
import { assignmentOfTopic, groupsToChoose, topicsToLookAfter } from '../../worker/assignments/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { keepGroup } from '../../worker/groups/keep.ts';
import { mergeTopic } from '../../worker/moderation/merge.ts';
import { mailNews } from '../../worker/notifications/jobs.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { newsroom } from '../notifications/support.ts';
import { type cast, settingOf } from '../support/stoa.ts';

/** Two topics, and a group of the team with Agnes and Cleo. */
async function care() {
  const world = await newsroom();
  const { as } = world;
  await as('alice').run(openTopic, { category: 'help', title: 'One', body: 'Words.' });
  await as('bob').run(replyToTopic, { number: 1, body: 'An answer.' });
  await as('alice').run(openTopic, { category: 'help', title: 'Two', body: 'Words.' });
  const { id: group } = await as('ada').run(keepGroup, { name: 'Docs', members: ['usr_agnes', 'usr_cleo'] });
  await world.deliver();
  const mine = async (who: keyof typeof cast) => (await as(who).load(topicsToLookAfter({ limit: 9 })))[0].items.map(({ title, status, place }) => [title, status, place]);
  const held = async (who: keyof typeof cast) => (await as(who).load(assignmentOfTopic(1)))[0];
  return { ...world, group, mine, held };
}

test('a topic given to somebody is in their list, with the post it is about, and they are told once', async () => {
  const { as, mine, held, deliver, deliverAgain, told, db } = await care();
  await as('mara').run(assignTopic, { number: 1, assignee: 'usr_agnes', post: 2 });
  await deliver();
  await deliverAgain();
  expect(await told('agnes')).toEqual([['given', 'One', 2]]);
  expect([await mine('agnes'), await mine('ada'), await mine('alice'), await mine('visitor')]).toEqual([[['One', 'open', 2]], [], [], []]);
  expect([await held('cleo'), await held('alice')]).toMatchObject([{ person: 'agnes', place: 2, isMine: false }, undefined]);
  expect((await db.select().from(outbox)).find(({ type }) => type === 'topic.assigned')).toMatchObject({ actorId: 'usr_mara', data: { to: 'usr_agnes' } });
  await as('mara').run(assignTopic, { number: 1, assignee: '' });
  expect([await mine('agnes'), await held('mara')]).toEqual([[], undefined]);
});

test('each of a group finds its topics and is told once; who gave it is not', async () => {
  const { as, group, mine, deliver, told, gate, db, now } = await care();
  await as('agnes').run(assignTopic, { number: 1, assignee: group });
  await as('agnes').run(assignTopic, { number: 2, assignee: 'me' });
  await deliver();
  expect([await told('cleo'), await told('agnes')]).toEqual([[['given_group', 'One', null]], []]);
  expect([(await mine('cleo')).length, (await mine('agnes')).length]).toEqual([1, 2]);
  await mailNews.work({ ...settingOf({ db, now: new Date(now.getTime() + 60_000) }), gate });
  expect((await db.$client.execute("select to_address, subject from mails where subject like '%look after%'")).rows).toMatchObject([{ to_address: 'cleo@example.org', subject: 'agnes gave a group of yours a topic to look after: “One”' }]);
});

test('whoever has it says how far it is; what is done leaves the list and reminds nobody', async () => {
  const { as, group, mine, held } = await care();
  await as('agnes').run(assignTopic, { number: 1, assignee: group, day: '2026-01-06', time: '09:30' });
  await as('cleo').run(advanceAssignment, { number: 1, status: 'doing', day: '2026-01-07' });
  expect([await mine('agnes'), (await held('agnes'))?.remindAt]).toEqual([[['One', 'doing', null]], new Date('2026-01-07T08:00:00Z')]);
  await as('agnes').run(advanceAssignment, { number: 1, status: 'done', day: '2026-01-07' });
  expect([await mine('cleo'), (await held('cleo'))?.remindAt]).toEqual([[], null]);
});

test('moderators who do not work here learn no name of a group, and give nothing to one, but leave it what it has', async () => {
  const { as, group, held } = await care();
  await expect(as('mara').run(assignTopic, { number: 1, assignee: group })).rejects.toMatchObject({ reason: 'invalid', issues: { assignee: expect.any(String) } });
  await as('agnes').run(assignTopic, { number: 1, assignee: group });
  await as('mara').run(assignTopic, { number: 1, assignee: group, status: 'doing' });
  expect([await held('mara'), await held('cleo')]).toMatchObject([{ groupId: group, group: null, status: 'doing' }, { groupId: group, group: 'Docs', status: 'doing' }]);
  expect([(await as('mara').load(groupsToChoose()))[0], (await as('agnes').load(groupsToChoose()))[0].length]).toEqual([[], 1]);
});

test('a reminder comes once, to whoever has it then, and a second run or delivery changes nothing', async () => {
  const { as, group, deliver, deliverAgain, told, db, gate, held } = await care();
  await as('mara').run(assignTopic, { number: 1, assignee: 'usr_ada', day: '2026-01-05', time: '10:00' });
  await as('agnes').run(assignTopic, { number: 1, assignee: group, day: '2026-01-05', time: '10:00' });
  const runAt = (at: string) => remindOfTopics.work({ ...settingOf({ db, now: new Date(at) }), gate });
  expect([await runAt('2026-01-05T09:59:00Z'), await runAt('2026-01-05T10:00:00Z'), await runAt('2026-01-05T10:01:00Z')]).toEqual([0, 1, 0]);
  await deliver();
  await deliverAgain();
  const reminded = async (who: keyof typeof cast) => (await told(who)).filter(([kind]) => kind === 'due');
  expect([await reminded('agnes'), await reminded('cleo'), await reminded('ada')]).toEqual([[['due', 'One', null]], [['due', 'One', null]], []]);
  expect((await held('agnes'))?.remindAt).toBeNull();
});

test('strangers give nothing to anybody, and nothing is given to them', async () => {
  const { as, group } = await care();
  const elsewhere = as('mara', { scopes: { categories: ['cat_other'] } });
  await expect(elsewhere.run(assignTopic, { number: 1, assignee: '' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('alice').run(assignTopic, { number: 1, assignee: 'usr_agnes' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(assignTopic, { number: 1, assignee: 'usr_agnes' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('mara').run(assignTopic, { number: 99, assignee: '' })).rejects.toMatchObject({ reason: 'not_found' });
  for (const [wish, field] of [[{ assignee: 'usr_alice' }, 'assignee'], [{ assignee: 'grp_none' }, 'assignee'], [{ assignee: group, post: 7 }, 'post'], [{ assignee: group, status: 'gone' }, 'status'], [{ assignee: group, day: '2026-01-01' }, 'day'], [{ assignee: group, day: '2027-01-01', time: '25:00' }, 'time']] as const)
    await expect(as('agnes').run(assignTopic, { number: 1, ...wish })).rejects.toMatchObject({ reason: 'invalid', issues: { [field]: expect.any(String) } });
  await as('agnes').run(assignTopic, { number: 1, assignee: group });
  await expect(as('bob').run(advanceAssignment, { number: 1, status: 'done' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('ada', { permissions: [] }).run(advanceAssignment, { number: 1, status: 'done' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('cleo', { permissions: [] }).run(advanceAssignment, { number: 1, status: 'done' });
  await expect(as('mara').run(advanceAssignment, { number: 2, status: 'done' })).rejects.toMatchObject({ reason: 'conflict' });
});

test('of two topics that become one, the care goes along', async () => {
  const { as, mine } = await care();
  await as('mara').run(assignTopic, { number: 1, assignee: 'usr_agnes', post: 2, status: 'doing' });
  await as('mara').run(mergeTopic, { number: 1, into: 2 });
  expect(await mine('agnes')).toEqual([['Two', 'doing', 3]]);
});

test('what is done is listed by itself, what was given last first, page by page', async () => {
  const { as, group, mine } = await care();
  await as('ada').run(assignTopic, { number: 1, assignee: 'usr_agnes', status: 'done' });
  await as('ada').run(assignTopic, { number: 2, assignee: group, status: 'done' });
  const done = async (who: keyof typeof cast, limit: number) => {
    const titles: string[] = [];
    let after: string | undefined;
    do {
      const [{ items, next }] = await as(who).load(topicsToLookAfter({ limit, after }, true));
      titles.push(...items.map(({ title }) => title));
      after = next ?? undefined;
    } while (after);
    return titles;
  };
  expect([await mine('agnes'), (await done('agnes', 1)).sort(), (await done('agnes', 9)).sort(), await done('cleo', 1), await done('lena', 9), await done('alice', 9)]).toEqual([[], ['One', 'Two'], ['One', 'Two'], ['Two'], [], []]);
});
