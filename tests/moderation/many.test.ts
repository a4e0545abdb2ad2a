import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { claimReview } from '../../worker/moderation/claim.ts';
import { decideReview } from '../../worker/moderation/decide.ts';
import { decideReviews } from '../../worker/moderation/decide-many.ts';
import { reviewsDone, reviewsToDo } from '../../worker/moderation/records.ts';
import { stoa } from '../support/stoa.ts';

/** Alice asked, Bob replied so often, and Carol reported each reply. */
async function reported(count: number) {
  const world = await stoa();
  const { as, db, now } = world;
  await as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'It does nothing.', kind: 'question' });
  for (let i = 0; i < count; i++) {
    const { id } = await as('agnes').run(replyToTopic, { number: 1, body: `Buy zebra ${i}.` });
    await db.$client.execute({ sql: "update posts set author_id = 'usr_bob' where id = ?", args: [id] });
    await db.$client.execute({ sql: "insert into flags (post_id, author_id, kind, weight, created_at) values (?, 'usr_carol', 'spam', 1, ?)", args: [id, now.getTime()] });
    await db.$client.execute({ sql: 'insert into reviews (post_id, score, opened_at) values (?, 1, ?)', args: [id, now.getTime() + i] });
  }
  const queue = async () => (await as('mara').load(reviewsToDo(60)))[0];
  const entries = async () => (await queue()).map(({ postId, revision }) => `${postId} ${revision}`);
  const hidden = async () => (await db.$client.execute('select count(*) n from posts where hidden_at is not null')).rows[0]!['n'];
  return { ...world, queue, entries, hidden };
}

const cameOf = ({ entries }: { entries: { outcome: string }[] }) => entries.map(({ outcome }) => outcome);

test('several are decided in one step, each with its statement, its flags and its line of the log', async () => {
  const { as, db, entries, hidden, queue } = await reported(3);
  const came = await as('mara').run(decideReviews, { entries: (await entries()).slice(0, 2), decision: 'agree', words: 'No advertising.' });
  expect([came.decision, cameOf(came), came.entries[0]!.name, await hidden(), (await queue()).length]).toEqual(['agree', ['decided', 'decided'], 'How do I print?', 2, 1]);
  expect((await db.$client.execute("select (select count(*) from statements_of_reasons where words = 'No advertising.' and by_id = 'usr_mara') s, (select count(*) from flags where outcome = 'agree') f, (select count(*) from moderation_log where action = 'hidden') l, (select count(*) from outbox where type = 'post.reviewed' and revision = 1) e")).rows[0]).toMatchObject({ s: 2, f: 2, l: 2, e: 2 });
  expect((await as('mara').load(reviewsDone(9)))[0].map(({ status, words }) => [status, words])).toEqual([['agree', 'No advertising.'], ['agree', 'No advertising.']]);
});

test('what somebody else decided or took stays as it is, and so does what is not there for the decider: the result says which', async () => {
  const { as, entries, hidden, queue } = await reported(4);
  const [first, second, third, fourth] = await queue();
  const seen = await entries();
  await as('agnes').run(decideReview, { post: first!.postId, version: 0, decision: 'ignore' });
  await as('agnes').run(claimReview, { post: second!.postId, version: 0 });
  await as('mara').run(claimReview, { post: third!.postId, version: 0 });
  const now = (await queue()).map(({ postId, revision }) => `${postId} ${revision}`);
  const came = await as('mara').run(decideReviews, { entries: [seen[0], now.find((one) => one.startsWith(second!.postId)), now.find((one) => one.startsWith(third!.postId)), seen[3], `${fourth!.postId} 0`, 'pst_nowhere 0'], decision: 'agree' });
  expect(came.entries.map(({ id, outcome }) => [id, outcome])).toEqual([[first!.postId, 'quicker'], [second!.postId, 'not_yours'], [third!.postId, 'decided'], [fourth!.postId, 'decided'], ['pst_nowhere', 'not_yours']]);
  expect([await hidden(), came.entries.at(-1)!.name]).toEqual([2, null]);
  const elsewhere = await as('mara', { scopes: { categories: ['cat_other'] } }).run(decideReviews, { entries: [seen[1]], decision: 'agree' });
  expect(elsewhere.entries).toEqual([{ id: second!.postId, outcome: 'not_yours', name: null }]);
});

test('of two who decide about the same ten in the same moment each entry is decided once, and both are told of all ten', async () => {
  const { as, entries, hidden } = await reported(10);
  const all = await entries();
  const [one, another] = await Promise.all([as('mara').run(decideReviews, { entries: all, decision: 'agree' }, 'key-of-mara'), as('agnes').run(decideReviews, { entries: all.toReversed(), decision: 'disagree' }, 'key-of-agnes')]);
  const [mine, theirs] = [cameOf(one), cameOf(another)].map((came) => came.filter((outcome) => outcome === 'decided').length) as [number, number];
  expect([mine + theirs, cameOf(one).length, cameOf(another).length, await hidden()]).toEqual([10, 10, 10, mine]);
  expect(await as('mara').run(decideReviews, { entries: all, decision: 'agree' }, 'key-of-mara')).toEqual(one);
});

test('a silence that a rule gave for such posts is lifted once', async () => {
  const { as, db, entries } = await reported(2);
  await db.$client.execute(`insert into sanctions (id, user_id, kind, code, words, note, took, created_at) values ('san_rule', 'usr_bob', 'silence', 'spam', '', '', '{"posts":[]}', 0)`);
  await as('mara').run(decideReviews, { entries: await entries(), decision: 'disagree' });
  expect((await db.$client.execute("select count(*) n from moderation_log where action = 'lifted'")).rows[0]!['n']).toBe(1);
});

test('fifty at most, at least one, and only those who moderate', async () => {
  const { as, entries } = await reported(1);
  const many = Array.from({ length: 51 }, (_, i) => `pst_${i} 0`);
  for (const [wrong, issue] of [[many, 'Choose at most fifty.'], [[], 'Choose at least one.'], [undefined, 'Choose at least one.']] as const) await expect(as('mara').run(decideReviews, { entries: wrong, decision: 'agree' })).rejects.toMatchObject({ reason: 'invalid', issues: { entries: issue } });
  await expect(as('mara').run(decideReviews, { entries: await entries() })).rejects.toMatchObject({ issues: { decision: 'Choose what to do.' } });
  await expect(as('alice').run(decideReviews, { entries: await entries(), decision: 'agree' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(decideReviews, { entries: await entries(), decision: 'agree' })).rejects.toMatchObject({ reason: 'signed_out' });
});
