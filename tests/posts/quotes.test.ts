import { expect, test } from 'vitest';
import { postsOfTopic } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { postToQuote } from '../../worker/posts/queries.ts';
import { quoteOf, quotesIn } from '../../worker/posts/quotes.ts';
import { removePost } from '../../worker/posts/remove.ts';
import { aliceAsks } from './support.ts';

test('a quote names and links its source, and the source tells where it is quoted, as long as it is', async () => {
  const { as } = await aliceAsks();
  const [source] = await as('carol').load(postToQuote(1, 2));
  const quote = quoteOf(source!);
  expect(quote).toBe('> [bob](/forum/topics/1/how-do-i-print?post=2):\n>\n> Put zanzibar paper in.\n\n');
  const { id } = await as('carol').run(replyToTopic, { number: 1, body: `${quote}It works.` });
  const quotedIn = async () => (await as('visitor').load(postsOfTopic(1, 1)))[0].map((post) => post.quotedIn);
  expect(await quotedIn()).toEqual([[], [3], []]);
  await as('carol').run(editPost, { post: id, body: 'It works.' });
  expect(await quotedIn()).toEqual([[], [], []]);
  await as('carol').run(editPost, { post: id, body: `${quote}It works.` });
  expect(await quotedIn()).toEqual([[], [3], []]);
  await as('carol').run(removePost, { post: id });
  expect(await quotedIn()).toEqual([[], [], []]);
  expect((await as('carol').load(postToQuote(1, 3)))[0]).toBeUndefined();
});

test('only quotes of the same topic count, ten at most', () => {
  const line = (topic: number, place: number) => `> [x](/forum/topics/${topic}/slug?post=${place}):\n`;
  expect(quotesIn(`${line(1, 2)}${line(2, 3)}${line(1, 2)}see [x](/forum/topics/1/slug?post=9)`, 1)).toEqual([2]);
  expect(quotesIn(Array.from({ length: 30 }, (_, i) => line(1, i + 1)).join(''), 1)).toHaveLength(10);
});
