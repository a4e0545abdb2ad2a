import { expect, test } from 'vitest';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { postsOfTopic, postsPage, topicByNumber, topicsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { feedback } from '../../worker/insights/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { postById, postToChange, versionsPage } from '../../worker/posts/queries.ts';
import { removePost } from '../../worker/posts/remove.ts';
import { restorePost } from '../../worker/posts/restore.ts';
import { aliceAsks, found } from './support.ts';

test('what its author removed is nowhere, its number stays, and within a day it comes back as it was', async () => {
  const world = await aliceAsks();
  const { as, db, reply, later } = world;
  await as('alice').run(acceptAnswer, { number: 1, post: reply });
  await later(10, 'bob').run(editPost, { post: reply, body: 'Put zanzibar paper in, twice.' });
  await as('alice').run(replyToTopic, { number: 1, body: 'Thank you.' });
  await as('bob').run(removePost, { post: reply });
  const seen = JSON.stringify(await as('alice').load(postsOfTopic(1, 1), postsPage({ limit: 10 }, 1), postById(reply), postToChange(reply), versionsPage({ limit: 5 }, reply)));
  expect(seen).not.toContain('zanzibar');
  expect(await found(world, 'zanzibar')).toEqual([]);
  expect(JSON.stringify(await db.select().from(feedback))).not.toContain('zanzibar');
  const [posts] = await as('alice').load(postsOfTopic(1, 1));
  expect(posts.map(({ number, removed }) => [number, removed])).toEqual([[1, null], [2, 'author'], [3, null]]);
  await later(60 * 23, 'bob').run(restorePost, { post: reply });
  expect((await as('alice').load(postsOfTopic(1, 1)))[0][1]).toMatchObject({ removed: null, html: '<p>Put zanzibar paper in, twice.</p>\n' });
  expect(await found(world, 'zanzibar')).toEqual(['How do I print?']);
  expect((await db.select().from(outbox)).map(({ type }) => type).filter((type) => /removed|restored/.test(type))).toEqual(['post.removed', 'post.restored']);
});

test('after a day, or when a moderator removed it, only moderators bring it back, with a reason', async () => {
  const { as, reply, later } = await aliceAsks();
  await as('bob').run(removePost, { post: reply });
  await expect(later(60 * 25, 'bob').run(restorePost, { post: reply })).rejects.toMatchObject({ reason: 'conflict' });
  await as('mara').run(restorePost, { post: reply, reason: 'Asked for.' });
  await expect(as('mara').run(removePost, { post: reply })).rejects.toMatchObject({ issues: { reason: 'Say why.' } });
  await as('mara').run(removePost, { post: reply, reason: 'Rude.' });
  expect((await as('bob').load(postToChange(reply)))[0].words).toBeNull();
  expect((await as('mara').load(postToChange(reply)))[0].words).toMatchObject({ body: 'Put zanzibar paper in.', reason: 'Rude.' });
  await expect(as('bob').run(restorePost, { post: reply })).rejects.toMatchObject({ reason: 'forbidden' });
  expect((await as('mara', { scopes: { categories: ['cat_other'] } }).load(postToChange(reply)))[0].words).toBeNull();
});

test('a first post takes title and tags with it; the replies stay, and so does a topic that somebody answered', async () => {
  const world = await aliceAsks();
  const { as, first } = world;
  await as('alice').run(removePost, { post: first });
  expect((await as('visitor').load(topicByNumber(1)))[0]).toMatchObject({ title: '[removed · αφαιρέθηκε]', slug: 'removed', tags: [] });
  expect((await as('visitor').load(topicsPage({ limit: 5 }, {})))[0].items).toHaveLength(1);
  expect(await found(world, 'print')).toEqual([]);
  await as('alice').run(restorePost, { post: first });
  expect((await as('visitor').load(topicByNumber(1)))[0]).toMatchObject({ title: 'How do I print?', slug: 'how-do-i-print', tags: ['printer'] });
});

test('nobody removes what others wrote, nor edits what is removed', async () => {
  const { as, reply } = await aliceAsks();
  await expect(as('alice').run(removePost, { post: reply })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(removePost, { post: reply })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('bob').run(removePost, { post: 'pst_none' })).rejects.toMatchObject({ reason: 'not_found' });
  await as('bob').run(removePost, { post: reply });
  await expect(as('bob').run(editPost, { post: reply, body: 'More.' })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(as('bob').run(removePost, { post: reply })).rejects.toMatchObject({ reason: 'conflict' });
});
