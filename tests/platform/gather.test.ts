import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { deliverSoon } from '../../worker/reactions.ts';
import { settingOf, stoa } from '../support/stoa.ts';

test('what many commit within two seconds is delivered a few times in all, and none is left', async () => {
  const { as, db, now } = await stoa();
  await as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'It does nothing.' });
  const delivered: string[] = [];
  const work: Promise<void>[] = [];
  let [commits, deliveries] = [0, 0];
  const happened = async (events: { data: Record<string, unknown> }[]) => {
    deliveries++;
    delivered.push(...events.map(({ data }) => String(data['post'])));
  };
  const setting = { ...settingOf({ db, now }), happened };
  for (const until = Date.now() + 2_000; Date.now() < until; commits++) {
    await as('agnes').run(replyToTopic, { number: 1, body: `Reply ${commits}.` });
    work.push(deliverSoon(setting));
  }
  await Promise.all(work);
  expect(commits).toBeGreaterThan(20);
  expect(deliveries).toBeLessThan(12);
  expect(new Set(delivered).size).toBe(commits + 1);
  expect((await db.$client.execute('select count(*) as n from outbox where delivered_at is null')).rows[0]!['n']).toBe(0);
});
