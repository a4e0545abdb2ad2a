import { expect, test } from 'vitest';
import { auditLog } from '../../worker/audit/queries.ts';
import { changeAccount } from '../../worker/accounts/change.ts';
import { makeToken } from '../../worker/people/make-token.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { detailsOf, subjectOf } from '../../src/forms/log.ts';
import { stoa } from '../support/stoa.ts';
import { desk } from '../suspended/support.ts';
import { asks } from '../tickets/support.ts';

const slice = { limit: 2 };
const fresh = { provedAt: Number.POSITIVE_INFINITY };

async function somethingHappened() {
  const world = await stoa();
  await world.as('cleo').run(changeAccount, { id: 'acc_acme', arr: 12_000 });
  const { id } = await world.as('alice', fresh).run(makeToken, { name: 'Script', scope: 'forum:write' });
  await world.as('alice', { token: id, scope: 'write' }).run(openTopic, { category: 'help', title: 'By a script', body: 'Hello.' });
  return { ...world, token: id };
}

test('who reads the log sees who did what to what, with which token, from what to what', async () => {
  const { as, token } = await somethingHappened();
  const [first] = await as('ada').load(auditLog(slice, {}));
  const [second] = await as('ada').load(auditLog({ ...slice, after: first.next! }, {}));
  expect([...first.items, ...second.items].map(({ type, actorName, tokenId }) => [type, actorName, tokenId])).toEqual([['topic.opened', 'alice', token], ['token.made', 'alice', null], ['account.changed', 'cleo', null]]);
  expect(second).toMatchObject({ next: null, items: [{ accountName: 'Acme', data: { from: { arr: 10_000 }, to: { arr: 12_000 } } }] });
});

test('each filter finds its own, people by address, handle or id', async () => {
  const { as, token, now } = await somethingHappened();
  const found = async (filters: Parameters<typeof auditLog>[1]) => (await as('ada').load(auditLog({ limit: 10 }, filters)))[0].items.map(({ type }) => type);
  for (const actor of ['cleo', 'Cleo@example.org', 'usr_cleo']) expect(await found({ actor })).toEqual(['account.changed']);
  expect(await found({ type: 'token.made' })).toEqual(['token.made']);
  expect(await found({ subject: 'acc_acme' })).toEqual(['account.changed']);
  expect(await found({ token })).toEqual(['topic.opened']);
  expect(await found({ from: now.getTime() })).toHaveLength(3);
  expect(await found({ to: now.getTime() })).toEqual([]);
  expect(await found({ actor: 'nobody' })).toEqual([]);
});

test('without the permission there is no log', async () => {
  const { as } = await somethingHappened();
  for (const name of ['visitor', 'alice', 'mara', 'agnes', 'cleo'] as const) expect((await as(name).load(auditLog(slice, {})))[0]).toEqual({ items: [], next: null });
});

test('the database itself refuses to change or delete what is in the log; only delivery is marked', async () => {
  const { db } = await somethingHappened();
  const before = await db.select().from(outbox);
  for (const statement of ['delete from outbox', "update outbox set actor_id = 'usr_bob'", "update outbox set type = 'x.y'", "update outbox set data = '{}'", 'update outbox set created_at = 0', 'update outbox set token_id = null', 'update outbox set revision = revision + 1']) {
    await expect(db.$client.execute(statement)).rejects.toThrow(/log is never/);
  }
  expect(await db.select().from(outbox)).toEqual(before);
  await db.$client.execute('update outbox set delivered_at = 1');
});

test('messages and tickets that wait are called by their numbers, also after one was removed', async () => {
  const { as, writes, decides, db } = await desk({ ticketBurst: 1 });
  await asks(as('alice'), 'A printer');
  await as('agnes').run(replyToTicket, { number: 1, body: 'Switch it on.' });
  await writes('guest@spam.example');
  const { id } = await writes('guest@spam.example');
  const told = async (type: string) => {
    const [{ items }] = await as('ada').load(auditLog({ limit: 9 }, { type }));
    return items.map((entry) => [subjectOf('en', entry), detailsOf('en', 'UTC', entry).join('; '), detailsOf('el', 'UTC', entry).join('; ')]);
  };
  expect(await told('ticket.replied')).toEqual([[{ name: '#1 A printer', address: '/agent/tickets/1', isNamed: true }, expect.stringContaining('message: 2 in ticket 1'), expect.stringContaining('μήνυμα: 2 στο αίτημα 1')]]);
  expect((await told('ticket.suspended')).map(([subject]) => subject)).toEqual([{ name: '#3', isNamed: true }]);
  await decides('remove');
  expect((await told('ticket.discarded')).map(([subject]) => subject)).toEqual([{ name: '#3', isNamed: true }]);
  expect((await told('ticket.suspended')).map(([subject]) => subject)).toEqual([{ name: id, isNamed: false }]);
  await db.$client.execute('delete from ticket_messages where number = 2');
  expect((await told('ticket.replied'))[0]![1]).toMatch(/message: msg_\w+/);
});
