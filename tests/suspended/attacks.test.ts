import { expect, test } from 'vitest';
import { erasePerson } from '../../worker/privacy/erase.ts';
import { decideSuspended } from '../../worker/suspended/decide.ts';
import { tidySuspended } from '../../worker/suspended/jobs.ts';
import { trustedSenders } from '../../worker/suspended/queries.ts';
import { trustSender } from '../../worker/suspended/trust-sender.ts';
import { newestTicket, newTickets } from '../../worker/tickets/live.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { cast, settingOf } from '../support/stoa.ts';
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

test('one recovers, one removes, the clock removes and its writer is erased, all in one moment: it is opened or gone, never both, and nothing of it stays behind', async () => {
  for (const order of [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]]) {
    const { db, as, now, later, writes, list, counted } = await desk({ ticketBurst: 1 });
    await writes('first@example.org');
    for (const subject of ['Okapi one', 'Okapi two']) await writes('alice@example.org', subject);
    const entries = (await list()).map(({ id, version }) => `${id} ${version}`);
    const days = (14 * 24 + 1) * 60;
    const fresh = { provedAt: Number.POSITIVE_INFINITY };
    const acts = [
      () => later(cast.agnes, days).run(decideSuspended, { entries, decision: 'recover' }),
      () => later(cast.ada, days).run(decideSuspended, { entries, decision: 'remove' }),
      () => tidySuspended.work(settingOf({ db, now: new Date(now.getTime() + days * 60_000) })),
      () => as('alice', fresh).run(erasePerson, { email: 'alice@example.org', words: 'go' }),
    ];
    const done = await Promise.allSettled(order.map((one) => acts[one]!()));
    expect(done.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
    expect(await counted('suspended_tickets')).toBe(0);
    for (const table of ['suspended_tickets', 'tickets', 'ticket_messages', 'feedback', 'outbox', 'once']) expect([table, JSON.stringify((await db.$client.execute(`select * from ${table}`)).rows)]).toEqual([table, expect.not.stringContaining('Okapi')]);
    expect((await db.$client.execute("select count(*) n from users where email = 'alice@example.org'")).rows[0]!['n']).toBe(0);
  }
});

test('who joined a company or came to work here meanwhile has it as who they are now', async () => {
  const { db, as, later, writes, decides } = await desk({ ticketBurst: 1 });
  await writes('first@fresh.example');
  await db.$client.execute({ sql: "insert into users (id, email, name, handle, created_at) values ('usr_joins', 'joins@fresh.example', 'Joins', 'joins', ?1), ('usr_works', 'works@fresh.example', 'Works', 'works', ?1)", args: [Date.UTC(2026, 0, 5, 8)] });
  for (const id of ['usr_joins', 'usr_works']) await later({ ...cast.alice, id, accountId: null }, 0).run(openTicket, { subject: `Of ${id}`, body: 'Hello.' });
  await db.$client.execute("update users set account_id = 'acc_acme' where id = 'usr_joins'");
  await db.$client.execute("update users set role = 'agent' where id = 'usr_works'");
  expect((await decides('recover')).entries.map(({ outcome }) => outcome)).toEqual(['decided', 'decided']);
  expect((await db.$client.execute("select subject, requester_id, account_id, (select count(*) from feedback f where f.source_id = t.id) said from tickets t where number > 1 order by number")).rows.map((row) => ({ ...row }))).toEqual([
    { subject: 'Of usr_joins', requester_id: 'usr_joins', account_id: 'acc_acme', said: 1 },
    { subject: 'Of usr_works', requester_id: 'usr_works', account_id: null, said: 0 },
  ]);
  expect((await as('agnes').load(newestTicket()))[0].seen).toBe(3);
});

test('what is listed counts what it found among tickets too', async () => {
  const { db, writes } = await desk();
  await db.$client.execute("insert into word_rules (id, pattern, action, created_at) values ('wrd_1', 'zebra', 'hold', 0), ('wrd_2', 'okapi', 'hold', 0)");
  await db.$client.execute("insert into screens (id, kind, pattern, action, created_at) values ('scr_1', 'mail', '*@spam.example', 'hold', 0)");
  await writes('guest@spam.example');
  await writes('calm@fine.example', 'Giraffe');
  const of = async (table: string) => (await db.$client.execute(`select hits from ${table} order by id`)).rows.map(({ hits }) => hits);
  expect([await of('word_rules'), await of('screens')]).toEqual([[1, 0], [1]]);
});

test('where the list of trusted senders is full they are recovered without', async () => {
  const { as, db, writes, list, decides } = await desk({ ticketBurst: 1 });
  for (const who of ['first', 'anna']) await writes(`${who}@spam.example`);
  await db.$client.execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) insert into trusted_senders (id, pattern, created_at) select 'tru_' || i, 's' || i || '.example', 0 from n");
  await expect(decides('trust')).rejects.toMatchObject({ reason: 'forbidden', message: 'The list of trusted senders is full. Recover these without trusting their senders.' });
  expect((await list()).length).toBe(1);
  expect((await decides('recover')).entries.map(({ outcome }) => outcome)).toEqual(['decided']);
  expect((await as('ada').load(trustedSenders()))[0].length).toBe(1_000);
});
