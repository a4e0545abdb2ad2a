import { expect, test } from 'vitest';
import { makeFindable } from '../../worker/beside/jobs.ts';
import { ticketCalled, ticketsFound } from '../../worker/finding/queries.ts';
import { Finding } from '../../worker/finding/input.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { asks, merge, unmerge } from '../joins/support.ts';
import { settingOf, stoa } from '../support/stoa.ts';

async function world() {
  const here = await stoa();
  const indexed = () => makeFindable.work(settingOf(here));
  const looked = async (portal: Portal, asked: Record<string, string>, limit = 20) => (await portal.load(ticketsFound({ after: asked['after'], limit }, Finding.parse(asked))))[0];
  const found = async (portal: Portal, q: string, more: Record<string, string> = {}) => (await looked(portal, { q, ...more })).items.map(({ number }) => number);
  return { ...here, indexed, looked, found };
}

test('staff find tickets by words of subject, messages and notes, in any form, case and accent; those with all of it in the subject first', async () => {
  const { as, indexed, found } = await world();
  const invoice = await asks(as('alice'), 'Τιμολόγιο', 'Λείπει η πληρωμή.');
  const printer = await asks(as('alice'), 'Printers burn', 'On the third floor.');
  const floor = await asks(as('bob'), 'The floor', 'A printer stands on it.');
  await as('agnes').run(replyToTicket, { number: printer, body: 'A quillwort of ours, code E-4012.', visibility: 'internal' });
  await indexed();
  for (const [q, numbers] of [
    ['printer', [printer, floor]], ['PRINTERS', [printer, floor]], ['quillworts', [printer]], ['third print', [printer]], ['floor', [floor, printer]], ['τιμολογια', [invoice]], ['ΠΛΗΡΩΜΕΣ', [invoice]], ['τιμολ', [invoice]],
    ['"third floor"', [printer]], ['"floor third"', []], ['printer -quillwort', [floor]], ['e-4012', [printer]], ['zebra', []], ['printer zebra', []], ['"', []], ['* OR *', []], ['!? (', []], [' ', []], ['-printer', []],
  ] as const) expect([q, await found(as('agnes'), q)]).toEqual([q, numbers]);
});

test('by name and address of who asks and by the name of their account, at once when these change; together with words', async () => {
  const { as, db, indexed, found } = await world();
  const [alices, bobs] = [await asks(as('alice'), 'Printers burn', 'Hot.'), await asks(as('bob'), 'Printers freeze', 'Cold.')];
  await indexed();
  const { rows: [alice] } = await db.$client.execute("select u.name, u.email, a.name as account from users u left join accounts a on a.id = u.account_id where u.id = 'usr_alice'");
  for (const q of [String(alice!['name']), String(alice!['email']), `${String(alice!['name']).split(' ')[0]} printer`]) expect([q, await found(as('agnes'), q)]).toEqual([q, [alices]]);
  expect(await found(as('agnes'), String(alice!['account']))).toContain(alices);
  await db.$client.execute("update users set name = 'Ωραιοζήλη Παπαδοπούλου', email = 'o@new.test' where id = 'usr_alice'");
  for (const q of ['ωραιοζηλη', 'ΠΑΠΑΔΟΠΟΎΛΟΥ print', 'παπαδοπ']) expect([q, await found(as('agnes'), q)]).toEqual([q, [alices]]);
  expect(await found(as('agnes'), String(alice!['name']))).toEqual([]);
  expect(await found(as('agnes'), '', { requester: 'παπαδοπουλου' })).toEqual([alices]);
  expect([await found(as('agnes'), 'printer', { requester: 'nobody here' }), await found(as('agnes'), 'freeze', { requester: 'παπαδοπουλου' }), await found(as('agnes'), 'freeze', { requester: 'bob' })]).toEqual([[], [], [bobs]]);
});

test('a number offers the ticket, of one that became part of another that one; which is found by what was said in either', async () => {
  const { as, indexed, found } = await world();
  const called = async (who: 'agnes' | 'alice' | 'bob', q: string) => (await as(who).load(ticketCalled(q)))[0]?.number;
  const [mine, theirs] = [await asks(as('alice'), 'Calendar', 'Late reminders.'), await asks(as('bob'), 'Hellebore', 'A quillwort of Olive.')];
  await indexed();
  for (const q of [String(mine), `#${mine}`, ` # ${mine}`.replace('# ', '#')]) expect([q, await called('agnes', q)]).toEqual([q, mine]);
  expect([await called('agnes', '999999'), await called('agnes', 'calendar'), await called('alice', String(mine)), await called('agnes', '0'), await called('agnes', '99999999999999999999')]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  await merge(as('ada'), theirs, mine, { accounts: true });
  await indexed();
  expect([await called('agnes', `#${theirs}`), await found(as('agnes'), 'quillwort'), await found(as('agnes'), 'hellebore'), await found(as('agnes'), 'reminders')]).toEqual([mine, [mine], [mine], [mine]]);
  await unmerge(as('ada'), theirs);
  await indexed();
  expect([await called('agnes', `#${theirs}`), await found(as('agnes'), 'quillwort'), await found(as('agnes'), 'hellebore'), await found(as('agnes'), 'reminders')]).toEqual([theirs, [theirs], [theirs], [mine]]);
});

test('customers and visitors find nothing by it; who sees the tickets of some groups finds those, and learns of no other', async () => {
  const { as, db, indexed, found } = await world();
  const [first, second] = [await asks(as('alice'), 'Printers burn'), await asks(as('bob'), 'Printers freeze')];
  await db.$client.batch(["insert into groups (id, name, created_at) values ('grp_1', 'One', 0)", "insert into groups (id, name, created_at) values ('grp_2', 'Two', 0)", `update tickets set group_id = 'grp_1' where number = ${first}`, `update tickets set group_id = 'grp_2' where number = ${second}`], 'write');
  await indexed();
  for (const who of ['alice', 'bob', 'visitor'] as const) expect([who, await found(as(who), 'printer'), (await as(who).load(ticketCalled(String(first))))[0]]).toEqual([who, [], undefined]);
  const confined = as('agnes', { scopes: { groups: ['grp_1'] } });
  expect([await found(confined, 'printer'), await found(confined, 'freeze'), await found(confined, 'printer', { group: 'grp_2' }), (await confined.load(ticketCalled(String(second))))[0]]).toEqual([[first], [], [], undefined]);
  await db.$client.execute(`update tickets set group_id = 'grp_2' where number = ${first}`);
  expect(await found(confined, 'printer')).toEqual([]);
  await indexed();
  expect([await found(as('agnes'), 'printer', { group: 'grp_2' }), await found(as('agnes'), 'printer', { group: 'none' }), await found(as('agnes'), '', { group: 'grp_1' })]).toEqual([[second, first], [], []]);
});

test('filters narrow them; pages go on where the last ended, in either order', async () => {
  const { as, indexed, found, looked } = await world();
  const numbers: number[] = [];
  for (let i = 0; i < 7; i++) numbers.push(await asks(as('alice'), i % 2 === 0 ? 'Printers burn' : 'Help', 'The printer is hot.'));
  await as('alice').run(closeTicket, { number: numbers[0]! });
  await indexed();
  expect([await found(as('agnes'), 'printer', { status: 'solved' }), (await found(as('agnes'), 'printer', { status: 'unsolved' })).length, (await found(as('agnes'), 'printer', { assignee: 'none' })).length, await found(as('agnes'), 'printer', { assignee: 'me' }), await found(as('agnes'), 'printer', { assignee: 'arno' })]).toEqual([[numbers[0]], 6, 7, [], []]);
  for (const sort of ['relevance', 'changed']) {
    const whole = await found(as('agnes'), 'printer', { sort });
    const pages: number[] = [];
    let after: string | null = '';
    do {
      const part = await looked(as('agnes'), { q: 'printer', sort, ...(after ? { after } : {}) }, 2);
      pages.push(...part.items.map(({ number }) => number));
      after = part.next;
    } while (after);
    expect([sort, pages, whole.length]).toEqual([sort, whole, 7]);
  }
  expect(await found(as('agnes'), 'printer', { sort: 'relevance' })).not.toEqual(await found(as('agnes'), 'printer', { sort: 'changed' }));
});

test('a passage shows where it was said, the words marked, and tells a note from what customers read', async () => {
  const { as, indexed, looked } = await world();
  const number = await asks(as('alice'), 'Help', 'The <b>τιμολόγιο</b> is late.');
  await as('agnes').run(replyToTicket, { number, body: 'A quillwort & more.', visibility: 'internal' });
  await indexed();
  const passage = async (q: string) => (await looked(as('agnes'), { q })).items[0]!.passage!;
  expect(await passage('ΤΙΜΟΛΟΓΙΑ')).toMatchObject({ isNote: false, html: expect.stringContaining('<mark>τιμολόγιο</mark>') });
  expect((await passage('late')).html).not.toContain('<b>');
  expect(await passage('quillwort')).toMatchObject({ isNote: true, html: 'A <mark>quillwort</mark> &amp; more.' });
  const subject = async (q: string) => (await looked(as('agnes'), { q })).items.map(({ subjectHtml }) => subjectHtml);
  expect([await subject('help late'), await subject('late')]).toEqual([['<mark>Help</mark>'], ['Help']]);
  await asks(as('alice'), '[Urgent] <i>snake_case</i>', 'Hellebore.');
  await indexed();
  expect(await subject('hellebore urgent')).toEqual(['[<mark>Urgent</mark>] &lt;i&gt;snake_case&lt;/i&gt;']);
});
