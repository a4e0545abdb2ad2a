import { expect, test } from 'vitest';
import { postsOfTopic, topicByNumber } from '../../worker/forum/queries.ts';
import { feedback } from '../../worker/insights/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { hideVersion } from '../../worker/posts/hide-version.ts';
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

test('authors and moderators go back to what a post said before; nothing is lost by it, and others do not', async () => {
  const { as, reply, first, later } = await aliceAsks();
  await later(6, 'bob').run(editPost, { post: reply, body: 'Put paper in.' });
  await expect(as('alice').run(editPost, { post: reply, back: 1 })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('bob').run(editPost, { post: reply, back: 7 })).rejects.toMatchObject({ reason: 'conflict', message: 'There is no such version to go back to.' });
  await later(7, 'bob').run(editPost, { post: reply, back: 1, revision: 1 });
  await expect(later(7, 'mara').run(editPost, { post: reply, back: 2, revision: 1 })).rejects.toMatchObject({ reason: 'conflict' });
  await later(8, 'mara').run(editPost, { post: reply, back: 2, revision: 2 });
  const past = (await as('visitor').load(versionsPage({ limit: 9 }, reply)))[0].items;
  expect([(await as('visitor').load(postsOfTopic(1, 1)))[0][1]!.html, past.map(({ body }) => body)]).toEqual(['<p>Put paper in.</p>\n', ['Put zanzibar paper in.', 'Put paper in.', 'Put zanzibar paper in.']]);
  await later(9, 'alice').run(editPost, { post: first, title: 'How do I plot?', body: 'Nothing.' });
  await later(10, 'alice').run(editPost, { post: first, back: 1 });
  expect((await as('visitor').load(topicByNumber(1)))[0]).toMatchObject({ title: 'How do I print?', tags: ['printer'] });
});

test('moderators hide one version, with a reason that everyone reads in its place; nobody goes back to it', async () => {
  const { as, reply, later, db } = await aliceAsks();
  await later(6, 'bob').run(editPost, { post: reply, body: 'Put paper in.' });
  for (const who of ['bob', 'alice', 'lena'] as const) await expect(as(who).run(hideVersion, { post: reply, version: 1, hidden: 'yes', reason: 'A secret.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('mara').run(hideVersion, { post: reply, version: 1, hidden: 'yes' })).rejects.toMatchObject({ issues: { reason: 'Say why.' } });
  await expect(as('mara').run(hideVersion, { post: reply, version: 9, hidden: 'yes', reason: 'A secret.' })).rejects.toMatchObject({ reason: 'not_found' });
  await as('mara').run(hideVersion, { post: reply, version: 1, hidden: 'yes', reason: 'A secret.' });
  const read = async (who: 'visitor' | 'bob' | 'mara') => (await as(who).load(versionsPage({ limit: 9 }, reply)))[0].items.map(({ body, isRead, hiddenWhy }) => [body, isRead, hiddenWhy]);
  expect([await read('visitor'), await read('bob'), await read('mara')]).toEqual([[['', false, 'A secret.']], [['', false, 'A secret.']], [['Put zanzibar paper in.', true, 'A secret.']]]);
  await expect(as('bob').run(editPost, { post: reply, back: 1 })).rejects.toMatchObject({ reason: 'conflict' });
  await as('mara').run(hideVersion, { post: reply, version: 1, hidden: 'no' });
  expect(await read('visitor')).toEqual([['Put zanzibar paper in.', true, '']]);
  expect((await db.$client.execute('select action from moderation_log order by id')).rows.map((row) => row['action']).sort()).toEqual(['version_hidden', 'version_shown']);
  expect((await db.select().from(outbox)).filter(({ type }) => type.startsWith('post.version')).map(({ type, data }) => [type, data])).toEqual([['post.version_hidden', { version: 1, reason: 'A secret.' }], ['post.version_shown', { version: 1 }]]);
});

test('what a post said while it was hidden stays hidden when its author shows it again in other words', async () => {
  const { as, reply, later } = await aliceAsks();
  await later(6, 'bob').run(editPost, { post: reply, body: 'Put bad paper in.' });
  for (const who of ['alice', 'lena', 'agnes', 'carol'] as const) await later(7, who).run(flagPost, { post: reply, kind: 'spam' });
  const read = async (who: 'visitor' | 'bob' | 'mara') => (await as(who).load(versionsPage({ limit: 9 }, reply)))[0].items.map(({ body }) => body);
  expect([await read('visitor'), await read('bob')]).toEqual([[''], ['Put zanzibar paper in.']]);
  await later(20, 'bob').run(editPost, { post: reply, body: 'Put good paper in.' });
  expect([await read('visitor'), await read('mara')]).toEqual([['', 'Put zanzibar paper in.'], ['Put bad paper in.', 'Put zanzibar paper in.']]);
});
