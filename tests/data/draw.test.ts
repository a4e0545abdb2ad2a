import { expect, test } from 'vitest';
import { drawTexts } from '../../worker/data/jobs.ts';
import { undrawn } from '../../worker/data/draw.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { RENDERER } from '../../worker/platform/markdown.ts';
import { settingOf, stoa } from '../support/stoa.ts';

test('texts that came in undrawn are drawn some at a time, long ones too, and then nothing is left to do', async () => {
  const { db, now } = await stoa();
  const post = (number: number, body: string) => ({ sql: "insert into posts (id, topic_id, number, author_id, body, created_at) values (?, 'top_1', ?, 'usr_alice', ?, 0)", args: [`pst_${String(number).padStart(4, '0')}`, number, body] });
  await db.$client.batch(
    [
      "insert into topics (id, number, slug, title, category_id, author_id, last_post_at, created_at) values ('top_1', 1, 'one', 'One', 'cat_help', 'usr_alice', 0, 0)",
      ...Array.from({ length: 250 }, (_, i) => post(i + 1, `Post **${i + 1}**`)),
      post(251, 'x'.repeat(400_000)),
      "insert into articles (id, category, slug, locale, title, body, updated_at) values ('art_1', 'a', 'b', 'en', 'An article', '# Heading', 0)",
    ],
    'write',
  );
  const setting = settingOf({ db, now });

  const helpings: number[] = [];
  do helpings.push(await drawTexts.work(setting));
  while (helpings.at(-1)! > 0);

  expect(Math.max(...helpings)).toBeLessThanOrEqual(200);
  expect(helpings.reduce((sum, texts) => sum + texts)).toBe(252);
  expect(await undrawn(db.$client)).toBe(0);
  const { rows } = await db.$client.execute("select html from posts where number = 250 union all select html from articles");
  expect(rows.map(({ html }) => html)).toEqual(['<p>Post <strong>250</strong></p>\n', '<h2>Heading</h2>\n']);
});

test('a text that was edited while it was drawn keeps its new HTML', async () => {
  const { db, now } = await stoa();
  await db.$client.execute("insert into articles (id, category, slug, locale, title, body, updated_at) values ('art_1', 'a', 'b', 'en', 'An article', 'Old', 0)");
  const gate = gateOf(db);
  const late = { commit: async (statements: Parameters<typeof gate.commit>[0]) => {
    await db.$client.execute({ sql: "update articles set body = 'New', html = '<p>New</p>', renderer = ?", args: [RENDERER] });
    return gate.commit(statements);
  } };

  await drawTexts.work({ ...settingOf({ db, now }), gate: late });

  const { rows } = await db.$client.execute('select html from articles');
  expect(rows[0]!['html']).toBe('<p>New</p>');
});
