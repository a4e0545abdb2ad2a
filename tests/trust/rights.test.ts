import { expect, test } from 'vitest';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic } from '../../worker/forum/queries.ts';
import { voteOnTopic } from '../../worker/forum/vote.ts';
import { tellAuthor } from '../../worker/advice/tell.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { keepRights } from '../../worker/trust/keep-rights.ts';
import { rightsKept, trustOf } from '../../worker/trust/queries.ts';
import { ENDLESS, mostOf, reaches, steps } from '../../worker/trust/rights.ts';
import { stoa } from '../support/stoa.ts';

const NOT_YET = { reason: 'forbidden', message: expect.stringContaining('Your level does not let you do this yet.') };

/** Agnes asked, Alice and Bob are of level 1, and these levels are asked for. */
async function asking(levels: Record<string, number>) {
  const world = await stoa();
  await world.as('agnes').run(openTopic, { category: 'help', title: 'How do I print?', body: 'It does nothing.', kind: 'question' });
  await world.as('ada').run(keepRights, levels);
  const [[first]] = await world.as('alice').load(postsOfTopic(1, 1));
  return { ...world, first: first!.id };
}

test('what each level may, where nobody chose anything', () => {
  const table = Object.fromEntries(['links', 'images', 'mentions', 'topicsOfFirstDay', 'repliesOfFirstDay', 'votesFor', 'votesAgainst', 'votesOnOne', 'flags', 'edits', 'editing', 'unchecked', 'sites', 'advice', 'alone'].map((right) => [right, [0, 1, 2, 3, 4].map((level) => mostOf(right as 'links', level))]));
  expect(table).toEqual({
    links: [2, 10, ENDLESS, ENDLESS, ENDLESS], images: [1, 5, 20, ENDLESS, ENDLESS], mentions: [2, 10, 10, 10, 10], topicsOfFirstDay: [3, 10, ENDLESS, ENDLESS, ENDLESS], repliesOfFirstDay: [10, 50, ENDLESS, ENDLESS, ENDLESS], votesFor: [20, 50, 75, 100, 150],
    votesAgainst: [6, 6, 9, 12, 18], votesOnOne: [10, 10, 15, 20, 30], flags: [5, 20, 30, 40, 50], edits: [10, ENDLESS, ENDLESS, ENDLESS, ENDLESS], editing: [1, 1, 30, 365, ENDLESS], unchecked: [0, 1, 1, 1, 1], sites: [0, 1, 1, 1, 1], advice: [0, 1, 1, 1, 1], alone: [0, 0, 0, 1, 1],
  });
});

test('whatever levels are chosen, a higher one never has less', () => {
  for (let seed = 0; seed < 200; seed++) {
    const least = Object.fromEntries(steps.map(({ key }, i) => [key, (seed * 7 + i * i * 3 + (seed % 5) * i) % 5]));
    for (const { right } of steps) for (const level of [1, 2, 3, 4]) expect(mostOf(right, level, least)).toBeGreaterThanOrEqual(mostOf(right, level - 1, least));
  }
  expect([reaches('advice', 1, { advice: 2 }), reaches('advice', 2, { advice: 2 })]).toEqual([false, true]);
});

test('an admin says from which level on something is somebody’s; it counts at once, for those below too', async () => {
  const { as, first } = await asking({ 'links-2': 2, 'links-10': 3, 'votesFor-20': 2, 'votesFor-50': 2, 'flags-5': 2, 'flags-20': 2, 'edits-10': 2, 'edits-all': 2, advice: 2 });
  const alice = as('alice');
  await expect(alice.run(replyToTopic, { number: 1, body: 'See https://help.example/a.' })).rejects.toMatchObject({ reason: 'invalid', issues: { body: 'These are more links than you may put into one post yet.' } });
  const { id } = await alice.run(replyToTopic, { number: 1, body: 'Turn it on.' });
  await expect(alice.run(voteOnTopic, { number: 1, isFor: true })).rejects.toMatchObject(NOT_YET);
  await expect(alice.run(flagPost, { post: first, kind: 'spam' })).rejects.toMatchObject(NOT_YET);
  await expect(alice.run(editPost, { post: id, body: 'Turn it off and on.' })).rejects.toMatchObject(NOT_YET);
  await expect(alice.run(tellAuthor, { post: first, words: 'Psst.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('mara').run(editPost, { post: id, body: 'Turn it off and on: https://help.example/a.' });
  await as('ada').run(keepRights, { 'links-2': 0, 'votesFor-20': 0, 'flags-5': 1, 'edits-10': 1, advice: 1 });
  await alice.run(replyToTopic, { number: 1, body: 'See https://help.example/a.' });
  await alice.run(voteOnTopic, { number: 1, isFor: true });
  await alice.run(editPost, { post: id, body: 'Turn it off and on.' });
  await alice.run(tellAuthor, { post: first, words: 'Psst.' });
  await alice.run(flagPost, { post: first, kind: 'spam' });
});

test('one report of somebody of the level for it hides a post alone', async () => {
  const { as, db } = await asking({ alone: 1 });
  await db.$client.execute("delete from trust where user_id = 'usr_bob'");
  await db.$client.execute("update users set account_id = null where id = 'usr_bob'");
  const { id } = await as('bob').run(replyToTopic, { number: 1, body: 'Buy zebra.' });
  await as('alice').run(flagPost, { post: id, kind: 'spam' });
  expect((await db.$client.execute({ sql: 'select hidden_at is not null h from posts where id = ?', args: [id] })).rows[0]!['h']).toBe(1);
});

test('only what differs from the beginning is kept, the log says who changed what, and people read what is theirs', async () => {
  const { as, db } = await asking({ 'links-10': 2, 'links-2': 0 });
  expect((await as('ada').load(rightsKept()))[0]).toMatchObject({ least: { 'links-10': 2 }, revision: 1 });
  await as('ada').run(keepRights, { 'links-10': 1 });
  await as('ada').run(keepRights, {});
  expect((await db.select().from(outbox)).filter(({ type }) => type === 'settings.changed').map(({ actorId, data }) => [actorId, data])).toEqual([['usr_ada', { from: {}, to: { 'links-10': 2 } }], ['usr_ada', { from: { 'links-10': 2 }, to: {} }]]);
  expect((await as('alice').load(trustOf('alice')))[0]).toMatchObject({ level: 1, least: {} });
});

test('only who keeps the settings chooses, and only levels that there are', async () => {
  const { as } = await asking({});
  for (const wrong of [{ 'links-2': 5 }, { 'links-2': -1 }, { 'links-2': 'many' }]) await expect(as('ada').run(keepRights, wrong)).rejects.toMatchObject({ reason: 'invalid', issues: { 'links-2': 'Choose a level.' } });
  await expect(as('agnes').run(keepRights, {})).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(keepRights, {})).rejects.toMatchObject({ reason: 'signed_out' });
  expect((await as('alice').load(rightsKept()))[0].least).toEqual({});
});
