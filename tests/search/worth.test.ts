import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { weighDocuments } from '../../worker/search/jobs.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';

const worths = async (world: Stoa) => Object.fromEntries((await world.db.$client.execute("select d.ref_id, d.worth from search_documents d")).rows.map(({ ref_id: id, worth }) => [String(id), worth]));
const weigh = (world: Stoa) => weighDocuments.work(settingOf(world));

async function topicOfThree(world: Stoa) {
  await world.as('mara').run(openTopic, { category: 'help', title: 'Loose cable', body: 'The cable is loose.', tags: '', kind: 'question' });
  const { id: byBob } = await world.as('bob').run(replyToTopic, { number: 1, body: 'Push it in.' });
  const { id: byAgnes } = await world.as('agnes').run(replyToTopic, { number: 1, body: 'Push it in further.' });
  const { rows } = await world.db.$client.execute('select id from topics');
  return { topic: String(rows[0]!['id']), byBob, byAgnes };
}

test('what was written is weighed by the clock, and again once its topic stands otherwise or its author is of the team', async () => {
  const world = await stoa();
  const { topic, byBob, byAgnes } = await topicOfThree(world);
  expect(await worths(world)).toEqual({ [topic]: null, [byBob]: null, [byAgnes]: null });
  await weigh(world);
  expect(await worths(world)).toEqual({ [topic]: 1, [byBob]: 1, [byAgnes]: 1.15 });
  await world.db.$client.execute({ sql: 'update topics set accepted_post_id = ?', args: [byBob] });
  await weigh(world);
  expect(await worths(world)).toEqual({ [topic]: 1.25, [byBob]: 1.25, [byAgnes]: 1.25 * 1.15 });
  await world.db.$client.execute("update users set role = 'csm' where id = 'usr_bob'");
  await weigh(world);
  expect(await worths(world)).toEqual({ [topic]: 1.25, [byBob]: 1.25 * 1.15, [byAgnes]: 1.25 * 1.15 });
  await world.db.$client.execute('update topics set accepted_post_id = null, locked_at = 1');
  await world.db.$client.execute("update users set role = 'customer' where id = 'usr_agnes'");
  await weigh(world);
  expect(await worths(world)).toEqual({ [topic]: 0.9, [byBob]: 0.9 * 1.15, [byAgnes]: 0.9 });
  await world.db.$client.execute({ sql: "update posts set author_id = 'usr_carol' where id = ?", args: [byBob] });
  await weigh(world);
  expect((await worths(world))[byBob]).toBe(0.9);
  expect(await weigh(world)).toBe(0);
});

test('more than one piece of posts is weighed to the last, of a topic and of a person', async () => {
  const world = await stoa();
  await topicOfThree(world);
  const values = 'with recursive n (i) as (select 4 union all select i + 1 from n where i < 1300)';
  await world.db.$client.batch([
    `insert into posts (id, topic_id, number, author_id, body, created_at) ${values} select 'pst_' || i, (select id from topics), i, 'usr_bob', 'More.', 7 from n`,
    `insert into search_documents (type, ref_id, title, url, text, updated_at) ${values} select 'post', 'pst_' || i, 'Loose cable', '/forum/topics/1', 'More.', 7 from n`,
  ], 'write');
  const counts = async () => (await world.db.$client.execute('select round(worth, 4) as worth, count(*) as n from search_documents group by 1 order by 1')).rows.map(({ worth, n }) => [worth, n]);
  await weigh(world);
  expect(await counts()).toEqual([[1, 1299], [1.15, 1]]);
  await world.db.$client.execute('update topics set locked_at = 1');
  await world.db.$client.execute("update users set role = 'agent' where id = 'usr_bob'");
  await weigh(world);
  expect(await counts()).toEqual([[0.9, 1], [1.035, 1299]]);
});

test('a thousand topics that are answered at once are weighed within a minute, one of many posts among them', async () => {
  const world = await stoa();
  const { topic } = await topicOfThree(world);
  const [topics, posts] = [1004, 700].map((most) => `with recursive n (i) as (select 4 union all select i + 1 from n where i < ${most})`);
  await world.db.$client.batch([
    `insert into posts (id, topic_id, number, author_id, body, created_at) ${posts} select 'pst_' || i, '${topic}', i, 'usr_bob', 'More.', 7 from n`,
    `insert into search_documents (type, ref_id, title, url, text, updated_at) ${posts} select 'post', 'pst_' || i, 'Loose cable', '/forum/topics/1', 'More.', 7 from n`,
    `insert into topics (id, number, slug, title, category_id, author_id, posts_count, last_post_at, created_at) ${topics} select 'top_' || i, i, slug, title, category_id, author_id, 1, 1, 1 from n, topics where number = 1`,
    `insert into posts (id, topic_id, number, author_id, body, created_at) ${topics} select 'pst_of_' || i, 'top_' || i, 2, 'usr_carol', 'Push it in.', 7 from n`,
    `insert into search_documents (type, ref_id, title, url, text, updated_at) ${topics} select 'topic', 'top_' || i, 'Loose cable', '/forum/topics/' || i, 'Loose.', 7 from n`,
    `insert into search_documents (type, ref_id, title, url, text, updated_at) ${topics} select 'post', 'pst_of_' || i, 'Loose cable', '/forum/topics/' || i, 'Push it in.', 7 from n`,
  ], 'write');
  await weigh(world);
  await world.db.$client.execute("update posts set accepted_at = 7 where author_id = 'usr_carol' or number = 2");
  await weigh(world);
  const [still] = (await world.db.$client.execute('select count(*) n from search_documents where worth < 1.25')).rows;
  expect([still!['n'], await weigh(world)]).toEqual([0, 0]);
});
