import { expect, test } from 'vitest';
import { isPublic } from '../../worker/platform/silence.ts';
import { operations } from '../database/asked.ts';
import { stoa } from '../support/stoa.ts';
import { fillTopic } from '../database/fill.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';

test('everything that is done in public is not for who is silenced, and nothing else is kept from them', () => {
  const names = Object.keys(operations);
  expect(names.filter((name) => /^(forum|posts|ideas|moderation|screening|newcomers)\./.test(name) && !isPublic(name))).toEqual(['posts.remove']);
  for (const name of ['tickets.open', 'tickets.reply', 'sanctions.appeal', 'privacy.erase', 'people.change-preferences', 'following.ignore', 'drafts.save', 'people.sign-out']) expect([name, name in operations, isPublic(name)]).toEqual([name, true, false]);
});

test('a silence is over by the clock alone', async () => {
  const { as, url, now } = await stoa();
  await fillTopic(url, 1);
  const reply = (silencedUntil: number) => as('bob', { silencedUntil }).run(replyToTopic, { number: 999, body: 'So.' });
  await expect(reply(now.getTime() + 1)).rejects.toMatchObject({ reason: 'forbidden', message: 'You may read, but not write here for now. Your list of decisions says why, and until when.' });
  await expect(as('bob', { silencedUntil: now.getTime() + 1 }).run(openTopic, { category: 'help', title: 'x', body: 'y', kind: 'question' })).rejects.toMatchObject({ reason: 'forbidden' });
  await reply(now.getTime());
});
