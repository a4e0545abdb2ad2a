import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { deliverSoon } from '../../worker/reactions.ts';
import { settingOf, stoa } from '../support/stoa.ts';

test('what many commit within two seconds is delivered a few times in all, and none is left', async () => {
  const { as, db, now } = await stoa();
  await as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'It does nothing.' });
  const delivered: string[] = [];
  const gate = gateOf(db);
  const setting = { ...settingOf({ db, now }), gate, happened: async (events: { data: Record<string, unknown> }[]) => void delivered.push(...events.map(({ data }) => String(data['post']))) };
  const work: Promise<void>[] = [];
  let [commits, deliveries] = [0, 0];
  const counting = { ...setting, gate: { commit: (statements: Parameters<typeof gate.commit>[0]) => (deliveries++, gate.commit(statements)) } };
  for (const until = Date.now() + 2_000; Date.now() < until; commits++) {
    await as('agnes').run(replyToTopic, { number: 1, body: `Reply ${commits}.` });
    work.push(deliverSoon(counting));
  }
  await Promise.all(work);
  expect(commits).toBeGreaterThan(20);
  expect(deliveries).toBeLessThan(12);
  expect(new Set(delivered).size).toBe(commits + 1);
  expect((await db.$client.execute('select count(*) as n from outbox where delivered_at is null')).rows[0]!['n']).toBe(0);
});
