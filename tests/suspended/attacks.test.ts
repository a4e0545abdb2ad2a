import { expect, test } from 'vitest';
import { trustSender } from '../../worker/suspended/trust-sender.ts';
import { newestTicket, newTickets } from '../../worker/tickets/live.ts';
import { desk } from './support.ts';

test('with a provider for all no number of others hides how many one address sent', async () => {
  const { db, now, writes, list } = await desk();
  const crowd = (minutes: number, count: number) => db.$client.execute({ sql: "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?2) insert into ticket_senders (domain, address, at) select 'gmail.com', 'crowd' || i || '@gmail.com', ?1 from n", args: [now.getTime() + minutes * 60_000, count] });
  for (let i = 0; i < 2; i++) await writes(`same+${i}@gmail.com`);
  await crowd(1, 700);
  expect(await writes('same+2@gmail.com', 'Third', {}, 2)).toEqual({ id: expect.stringMatching(/^tkt_/), number: 3 });
  expect((await list()).map(({ subject, causes }) => [subject, causes])).toEqual([['Third', [{ rule: 'burst', detail: 'same@gmail.com', count: 3, minutes: 10 }]]]);
});

test('nobody trusts everybody by a domain above, and no zero character gets into a note', async () => {
  const { as } = await desk();
  const refused = (fields: object) => as('ada').run(trustSender, fields).then(() => 'trusted', ({ issues }: { issues: Record<string, string> }) => issues);
  for (const pattern of ['gmail.com', 'co.uk', 'com.gr', '@com.br', 'firefox.com']) expect([pattern, await refused({ pattern })]).toEqual([pattern, { pattern: 'Many people have addresses there. Trust single addresses.' }]);
  for (const pattern of ['example.co.uk', 'gov.gr', 'someone@yahoo.co.uk']) expect([pattern, await refused({ pattern, note: ' ' })]).toEqual([pattern, 'trusted']);
  expect(await refused({ pattern: 'x.example', note: 'a\u0000b' })).toEqual({ note: 'Remove the invisible zero characters from this text.' });
});

test('a ticket that is recovered is new in the queue, although its number is older than others there', async () => {
  const { as, writes, decides } = await desk({ ticketBurst: 1 });
  await writes('first@spam.example');
  const { number } = await writes('guest@spam.example');
  await writes('other@fine.example');
  const [{ seen }] = await as('agnes').load(newestTicket());
  expect((await as('agnes').load(newTickets(seen)))[0]).toEqual({ count: 0, first: null });
  await decides('recover');
  expect((await as('agnes').load(newTickets(seen)))[0]).toEqual({ count: 1, first: number });
  await writes('last@calm.example');
  expect((await as('agnes').load(newTickets(seen)))[0]).toEqual({ count: 2, first: number });
  for (const who of ['alice', 'visitor'] as const) await expect(as(who).load(newestTicket())).rejects.toMatchObject({ reason: 'not_found' });
});
