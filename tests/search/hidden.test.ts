import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { searched } from '../../worker/search/queries.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

/** What `hidden` says, found out of what hides. */
const HIDDEN = `case d.type when 'article' then 0
  else case when exists (select 1 from topics t where t.hidden_at is not null and (t.id = d.ref_id or t.id = (select topic_id from posts where id = d.ref_id))) then 2
    when exists (select 1 from posts p where p.hidden_at is not null and (p.id = d.ref_id or (p.topic_id = d.ref_id and p.number = 1))) then 1 else 0 end end`;

const wrong = async (world: Stoa) => (await world.db.$client.execute(`select d.type, d.ref_id, d.hidden, ${HIDDEN} as is_so from search_documents d where d.hidden <> ${HIDDEN}`)).rows;
const hidden = async (world: Stoa) => Number((await world.db.$client.execute('select count(*) n from search_documents where hidden > 0')).rows[0]!['n']);

async function threeTopics(world: Stoa) {
  for (let number = 1; number <= 3; number++) {
    await world.as('mara').run(openTopic, { category: 'help', title: `Loose cable ${number}`, body: 'The cable is loose.', tags: '', kind: 'question' });
    for (const who of ['bob', 'carol', 'agnes'] as const) await world.as(who).run(replyToTopic, { number, body: `Push the cable in, says ${who}.` });
  }
}

const CHANGES = [
  "update posts set hidden_at = 1 where number = 2",
  "update posts set hidden_at = 1 where number = 1 and topic_id = (select id from topics where number = 1)",
  "update topics set hidden_at = 1 where number = 2",
  "update posts set number = 9, topic_id = (select id from topics where number = 2) where number = 3 and topic_id = (select id from topics where number = 1)",
  "update posts set number = 8, topic_id = (select id from topics where number = 3) where number = 4 and topic_id = (select id from topics where number = 2)",
  "update topics set hidden_at = case number when 2 then null else 2 end",
  "update posts set number = -number where number <= 2 and topic_id = (select id from topics where number = 1)",
  "update posts set number = case number when -1 then 2 else 1 end where number < 0",
  "update posts set hidden_at = 1 where number = 1 and topic_id = (select id from topics where number = 3)",
  'update topics set hidden_at = null',
  "delete from posts where number = 1 and topic_id = (select id from topics where number = 3)",
  "insert into search_documents (type, ref_id, title, url, text, updated_at) select 'topic', id, title, '/forum/topics/' || number, 'cable', 1 from topics where number = 3 on conflict do nothing",
  'update topics set hidden_at = null',
  'update posts set hidden_at = null',
];

test('whatever hides or moves what was written, search knows what is hidden as soon as it is', async () => {
  const world = await stoa();
  await threeTopics(world);
  const counts = [await hidden(world)];
  for (const sql of CHANGES) {
    await world.db.$client.execute(sql);
    expect(await wrong(world), sql).toEqual([]);
    counts.push(await hidden(world));
  }
  expect(counts[0]).toBe(0);
  expect(counts.at(-1)).toBe(0);
  expect(new Set(counts).size).toBeGreaterThan(4);
});

test('what is put in as hidden is, whether its document comes before it or after', async () => {
  const world = await stoa();
  await threeTopics(world);
  const document = (type: string, id: string) => world.db.$client.execute({ sql: "insert into search_documents (type, ref_id, title, url, text, updated_at) values (?, ?, 'Cable', '/forum/topics/1', 'A cable.', 1)", args: [type, id] });
  const post = (id: string) => world.db.$client.execute({ sql: "insert into posts (id, topic_id, number, author_id, body, created_at, hidden_at) select ?, id, (select max(number) + 1 from posts where topic_id = topics.id), author_id, 'A cable.', 1, 1 from topics where number = 1", args: [id] });
  const topic = (id: string, number: number) => world.db.$client.execute({ sql: 'insert into topics (id, number, slug, title, category_id, author_id, posts_count, last_post_at, created_at, hidden_at) select ?, ?, slug, title, category_id, author_id, 1, 1, 1, 1 from topics where number = 1', args: [id, number] });
  await document('post', 'pst_before');
  await post('pst_before');
  await post('pst_after');
  await document('post', 'pst_after');
  await document('topic', 'top_before');
  await topic('top_before', 77);
  await topic('top_after', 78);
  await document('topic', 'top_after');
  expect(await wrong(world)).toEqual([]);
  expect(await hidden(world)).toBe(4);
});

test('a moderator finds a hidden post and nothing of a hidden topic, others find neither', async () => {
  const world = await stoa();
  await threeTopics(world);
  await world.db.$client.execute("update posts set hidden_at = 1 where number = 3 and topic_id = (select id from topics where number = 1)");
  await world.db.$client.execute('update topics set hidden_at = 1 where number = 2');
  const found = async (who: 'mara' | 'bob' | 'visitor') => (await world.as(who).load(searched('"says carol"', { locale: 'en', limit: 10 })))[0].map(({ url }) => url);
  expect((await found('mara')).map((url) => url.split('/')[3]).sort()).toEqual(['1', '3']);
  expect((await found('bob')).map((url) => url.split('/')[3])).toEqual(['3']);
  expect((await found('visitor')).map((url) => url.split('/')[3])).toEqual(['3']);
});
