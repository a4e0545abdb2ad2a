import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { question, stoa } from '../support/stoa.ts';

test('on its first day an account of level 0 opens three topics, and puts two links, one image and two names into a post', async () => {
  const { as, db, now } = await stoa();
  await db.$client.execute("update trust set level = 0 where user_id = 'usr_alice'");
  await db.$client.execute({ sql: "update users set created_at = ? where id = 'usr_alice'", args: [now.getTime() - 3_600_000] });
  const linked = { ...question, body: 'https://a.example https://b.example https://c.example' };
  await expect(as('alice').run(openTopic, linked)).rejects.toMatchObject({ reason: 'invalid', issues: { body: expect.any(String) } });
  for (const body of ['![a](/a.png) ![b](/b.png)', '@bob @carol @mara', '[a](/a) [b](/b) [c](/c)']) await expect(as('alice').run(openTopic, { ...question, body })).rejects.toMatchObject({ reason: 'invalid', issues: { body: expect.any(String) } });
  for (const title of ['Paper', 'Toner', 'Plug']) await as('alice').run(openTopic, { ...question, title, body: '[a](https://a.example) and https://b.example' });
  await expect(as('alice').run(openTopic, question)).rejects.toMatchObject({ reason: 'too_many', message: 'You opened as many topics as you may on your first day. Go on tomorrow.' });
  await as('alice').run(replyToTopic, { number: 1, body: 'But I may still reply.' });
  await as('bob').run(openTopic, linked);
});

test('nobody writes more than ten posts in ten seconds, however many at once, but who works here', async () => {
  const { as } = await stoa();
  await as('agnes').run(openTopic, question);
  const sent = await Promise.allSettled(Array.from({ length: 14 }, () => as('bob').run(replyToTopic, { number: 1, body: 'Again.' })));
  expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  for (let i = 0; i < 14; i++) await as('agnes').run(replyToTopic, { number: 1, body: 'Answer.' });
});
