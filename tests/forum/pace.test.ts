import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { stoa } from '../support/stoa.ts';

const question = { category: 'help', title: 'How do I print?', body: 'It does nothing.', kind: 'question' };

test('on its first day an account opens three topics, and puts two links into a post', async () => {
  const { as, db, now } = await stoa();
  await db.$client.execute({ sql: "update users set created_at = ? where id = 'usr_alice'", args: [now.getTime() - 3_600_000] });
  const linked = { ...question, body: 'https://a.example https://b.example https://c.example' };
  await expect(as('alice').run(openTopic, linked)).rejects.toMatchObject({ reason: 'invalid', issues: { body: expect.any(String) } });
  for (let i = 0; i < 3; i++) await as('alice').run(openTopic, question);
  await expect(as('alice').run(openTopic, question)).rejects.toMatchObject({ reason: 'too_many' });
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
