import { expect, test } from 'vitest';
import { stoa } from '../support/stoa.ts';
import { watched } from '../database/watched.ts';

/** One author's answers to one question, each a minute after the one before, with as many of who asked in front of them. */
const filled = (topic: string, count: number) => [
  `insert into topics (id, number, slug, title, kind, category_id, author_id, posts_count, last_post_at, last_author_id, created_at) values ('${topic}', ${count}, 'a', 'A question', 'question', 'cat_help', 'usr_alice', ${2 * count}, 0, 'usr_bob', 0)`,
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${2 * count}) insert into posts (id, topic_id, number, author_id, body, created_at) select '${topic}_' || i, '${topic}', i, iif(i <= ${count}, 'usr_alice', 'usr_bob'), 'Words.', i * 60000 from n`,
];

test('five times as many answers are hidden, and shown again from the last on, by reading five times as many rows', async () => {
  const { url } = await stoa();
  const { db, sentBy } = watched(url);
  const readBy = async (sql: string) => (await sentBy(() => db.$client.batch([sql], 'write')))[0]!.rowsRead;
  const read = async (count: number) => {
    const topic = `top_${count}`;
    await db.$client.batch(filled(topic, count), 'write');
    const answers = `select id from posts where topic_id = '${topic}' and author_id = 'usr_bob'`;
    const answeredAt = async () => (await db.$client.execute(`select answered_at from topics where id = '${topic}'`)).rows[0]!['answered_at'];
    const first = await answeredAt();
    const hidden = await readBy(`update posts set hidden_at = 1 where id in (${answers} order by number)`);
    expect([first, await answeredAt()]).toEqual([(count + 1) * 60_000, null]);
    const shown = await sentBy(() => db.$client.batch(Array.from({ length: count }, (_, i) => `update posts set hidden_at = null where id = '${topic}_${2 * count - i}'`), 'write'));
    expect(await answeredAt()).toBe(first);
    return { hidden, shown: shown.reduce((sum, { rowsRead }) => sum + rowsRead, 0) };
  };
  const [few, many] = [await read(100), await read(500)];
  expect(few.hidden).toBeGreaterThan(100);
  expect(many.hidden / few.hidden).toBeLessThan(6);
  expect(many.shown / few.shown).toBeLessThan(6);
});
