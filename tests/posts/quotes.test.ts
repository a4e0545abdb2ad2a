import { expect, test } from 'vitest';
import { postsOfTopic } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { htmlOf, withoutPictures } from '../../worker/platform/markdown.ts';
import { newestPosts, postToQuote } from '../../worker/posts/queries.ts';
import { quoteOf, quotesIn, withNames } from '../../worker/posts/quotes.ts';
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

test('who is quoted from the same page is called by their name as it is now, and once they are erased by none', async () => {
  const { as, db } = await aliceAsks();
  const [source] = await as('carol').load(postToQuote(1, 2));
  await as('carol').run(replyToTopic, { number: 1, body: `${quoteOf(source!)}It works.` });
  const html = async () => {
    const [posts] = await as('visitor').load(postsOfTopic(1, 1));
    return withNames(htmlOf(posts.at(-1)!), new Map(posts.map(({ author }) => [author.handle, author.name])));
  };
  const said = (name: string) => `<blockquote>\n<p><a href="/forum/topics/1/how-do-i-print?post=2">${name}</a>:</p>`;
  await db.$client.execute(`update users set name = 'Bob <b>"&amp;' where handle = 'bob'`);
  expect(await html()).toContain(said('Bob &#60;b&#62;&#34;&#38;amp;'));
  await db.$client.execute(`update users set name = 'Former member', handle = 'former-1' where handle = 'bob'`);
  expect(await html()).toContain(said('bob'));
});

test('only a quote is told anew, not another link to a post, and nobody by another name', () => {
  const names = new Map([['bob', 'Bob Stone']]);
  for (const html of ['<p><a href="/forum/topics/1/x?post=2">bob</a>:</p>', '<blockquote>\n<p>So <a href="/forum/topics/1/x?post=2">bob</a>:</p>', '<blockquote>\n<p><a href="https://far.test/forum/topics/1/x?post=2">bob</a>:</p>', '<blockquote>\n<p><a href="/forum/topics/1/x?post=2">carol</a>:</p>']) expect(withNames(html, names)).toBe(html);
  expect(withNames('<blockquote>\n<p><a href="/forum/topics/1/x?post=2">bob</a>:</p>', names)).toContain('>Bob Stone</a>:');
});

test('only quotes of the same topic count, ten at most', () => {
  const line = (topic: number, place: number) => `> [x](/forum/topics/${topic}/slug?post=${place}):\n`;
  expect(quotesIn(`${line(1, 2)}${line(2, 3)}${line(1, 2)}see [x](/forum/topics/1/slug?post=9)`, 1)).toEqual([2]);
  expect(quotesIn(Array.from({ length: 30 }, (_, i) => line(1, i + 1)).join(''), 1)).toHaveLength(10);
});

test('a quote says where pictures are and shows none; a feed shows none of what was reported', async () => {
  const quoted = quoteOf({ topicNumber: 1, slug: 'x', number: 2, handle: 'bob', body: 'Look: ![A lamp](https://pictures.example/lamp.png) and ![](/files/att_1/room.webp "Here").' });
  expect(quoted.split('\n')[2]).toBe('> Look: [A lamp](https://pictures.example/lamp.png) and [room.webp](/files/att_1/room.webp "Here").');
  const { as } = await aliceAsks();
  const { id } = await as('bob').run(replyToTopic, { number: 1, body: 'See ![A <lamp>](https://pictures.example/lamp.png) there.' });
  const fed = async () => (await as('visitor').load(newestPosts(1, 1)))[0].map((post) => [post.isReported, post.isReported ? withoutPictures(htmlOf(post)) : htmlOf(post)])[0]!;
  expect([(await fed())[0], String((await fed())[1]).includes('<img')]).toEqual([false, true]);
  await as('mara').run(flagPost, { post: id, kind: 'inappropriate' });
  expect(await fed()).toEqual([true, '<p>See A &lt;lamp&gt; there.</p>\n']);
});
