import { expect, test } from 'vitest';
import { postsOfTopic, topicByNumber } from '../../worker/forum/queries.ts';
import { feedback } from '../../worker/insights/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { postToChange, versionsPage } from '../../worker/posts/queries.ts';
import { aliceAsks, found } from './support.ts';

test('an answer said in other words is read, found and counted in other words, and what it said is kept', async () => {
  const world = await aliceAsks();
  const { as, db, reply, later } = world;
  await later(6, 'bob').run(editPost, { post: reply, body: 'Put mombasa paper in.', revision: 0 });
  const [, answer] = (await as('visitor').load(postsOfTopic(1, 1)))[0];
  expect([answer!.html, answer!.editedAt !== null]).toEqual(['<p>Put mombasa paper in.</p>\n', true]);
  expect((await as('visitor').load(versionsPage({ limit: 5 }, reply)))[0].items).toMatchObject([{ number: 1, body: 'Put zanzibar paper in.', editor: { name: 'bob' } }]);
  expect([await found(world, 'mombasa'), await found(world, 'zanzibar')]).toEqual([['How do I print?'], []]);
  expect((await db.select().from(feedback)).find(({ source }) => source === 'post')?.text).toBe('Put mombasa paper in.');
  expect((await db.select().from(outbox)).at(-1)).toMatchObject({ type: 'post.edited', subject: reply, revision: 1, actorId: 'usr_bob' });
});

test('within five minutes authors change their words without a trace; moderators never do', async () => {
  const { as, reply, later } = await aliceAsks();
  await later(4, 'bob').run(editPost, { post: reply, body: 'Put paper in, please.' });
  expect((await as('bob').load(versionsPage({ limit: 5 }, reply)))[0].items).toEqual([]);
  expect((await as('bob').load(postsOfTopic(1, 1)))[0][1]!.editedAt).toBeNull();
  await later(4, 'mara').run(editPost, { post: reply, body: 'Put paper in.' });
  expect((await as('bob').load(versionsPage({ limit: 5 }, reply)))[0].items.map(({ body }) => body)).toEqual(['Put paper in, please.']);
});

test('the first post takes title and tags with it; replies are found under the new title', async () => {
  const world = await aliceAsks();
  const { as, first, later } = world;
  await later(9, 'alice').run(editPost, { post: first, title: 'How do I plot?', tags: 'plotter', body: 'It does nothing.' });
  expect((await as('visitor').load(topicByNumber(1)))[0]).toMatchObject({ title: 'How do I plot?', slug: 'how-do-i-plot', tags: ['plotter'] });
  expect(await found(world, 'zanzibar')).toEqual(['How do I plot?']);
  expect((await as('visitor').load(versionsPage({ limit: 5 }, first)))[0].items).toMatchObject([{ title: 'How do I print?', tags: ['printer'] }]);
});

test('of two who change the same words the second is told', async () => {
  const { as, reply } = await aliceAsks();
  await as('mara').run(editPost, { post: reply, body: 'First.', revision: 0 });
  await expect(as('bob').run(editPost, { post: reply, body: 'Second.', revision: 0 })).rejects.toMatchObject({ reason: 'conflict' });
  const racing = await Promise.allSettled(['A.', 'B.', 'C.'].map((body) => as('bob').run(editPost, { post: reply, body, revision: 1 })));
  expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await as('bob').load(postToChange(reply)))[0].revision).toBe(2);
});

test('others may not, not even staff who do not moderate; nothing is not found; empty words name their field', async () => {
  const { as, reply } = await aliceAsks();
  await expect(as('alice').run(editPost, { post: reply, body: 'Mine.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(editPost, { post: reply, body: 'Mine.' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('mara', { scopes: { categories: ['cat_other'] } }).run(editPost, { post: reply, body: 'Mine.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('bob').run(editPost, { post: 'pst_none', body: 'Mine.' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('bob').run(editPost, { post: reply, body: ' ' })).rejects.toMatchObject({ issues: { body: 'Write a message.' } });
});

test('the new ones make ten changes in a day, also of many at once; what changes nothing is none', async () => {
  const { db, reply, later } = await aliceAsks();
  await db.$client.execute("update trust set level = 0 where user_id = 'usr_bob'");
  const edit = (body: string, minutes = 6, who: 'bob' | 'mara' = 'bob') => later(minutes, who).run(editPost, { post: reply, body });
  for (let i = 0; i < 9; i++) await edit(`Put paper ${i} in.`);
  await edit('Put paper 8 in.');
  const tried = await Promise.allSettled(['A', 'B', 'C'].map((words) => edit(words)));
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(edit('Once more.', 12)).rejects.toMatchObject({ reason: 'too_many' });
  await edit('A moderator goes on.', 12, 'mara');
  await db.$client.execute("update trust set level = 1 where user_id = 'usr_bob'");
  await edit('Trusted now.', 13);
});
