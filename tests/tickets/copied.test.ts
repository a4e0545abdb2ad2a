import { expect, test } from 'vitest';
import { mailNews } from '../../worker/notifications/jobs.ts';
import { mergeTickets } from '../../worker/joins/merge.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import { copyOnTicket } from '../../worker/tickets/copy.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { openInternalTicket } from '../../worker/tickets/open-internal.ts';
import { messagesOfTicket, ticketAtDesk, ticketByNumber, ticketsAsked } from '../../worker/tickets/queries.ts';
import { messagesPage, wholeTicket } from '../../worker/tickets/records.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { heldInTicket, peopleOfTicket } from '../../worker/tickets/screen.ts';
import { uncopyOnTicket } from '../../worker/tickets/uncopy.ts';
import { watchTicket } from '../../worker/tickets/watch.ts';
import { newsroom } from '../notifications/support.ts';
import { settingOf } from '../support/stoa.ts';
import { asks } from './support.ts';

async function copied() {
  const world = await newsroom();
  const number = await asks(world.as('alice'));
  await world.as('agnes').run(replyToTicket, { number, body: 'Their card was declined, canary.', visibility: 'internal' });
  await world.as('alice').run(copyOnTicket, { number, email: 'Bob@example.org' });
  await world.deliver();
  return { ...world, number };
}

test('who is copied sees the public part, and of notes, history and drafts nothing, whichever way they ask', async () => {
  const { as, number } = await copied();
  const bob = as('bob');
  expect((await bob.load(ticketByNumber(number)))[0]).toMatchObject({ subject: 'The printer burns' });
  expect((await bob.load(ticketsAsked({ limit: 10 }, 'open', 'copied')))[0].items.map((one) => one.number)).toEqual([number]);
  const all = await bob.load(messagesOfTicket(number), messagesPage({ limit: 10 }, number), wholeTicket(number), historyOfTicket(number), ticketAtDesk(number), heldInTicket(number), peopleOfTicket(number));
  expect(JSON.stringify(all)).not.toContain('canary');
  expect([all[0].length, all[3], all[4], all[5]]).toEqual([1, [], undefined, []]);
  expect(all[6]).toMatchObject([{ role: 'cc', address: 'bob@example.org' }]);
  expect((await as('mara').load(ticketByNumber(number)))[0]).toBeUndefined();
});

test('into an internal ticket only colleagues are copied, and no letter of one goes to anybody else', async () => {
  const { as, db, deliver, now } = await copied();
  const { number } = await as('agnes').run(openInternalTicket, { subject: 'A canary', body: 'Sings.' });
  for (const email of ['bob@example.org', 'new.vendor@example.net']) await expect(as('agnes').run(copyOnTicket, { number, email })).rejects.toMatchObject({ reason: 'invalid', issues: { email: expect.stringMatching(/^Only colleagues/) } });
  await as('agnes').run(copyOnTicket, { number, email: 'lena@example.org' });
  await db.$client.execute(`insert into ticket_people (ticket_id, user_id, role, address, added_at) select id, 'usr_bob', 'cc', 'bob@example.org', 0 from tickets where number = ${number}`);
  await as('cleo').run(replyToTicket, { number, body: 'The canary is out.' });
  await deliver();
  await mailNews.work(settingOf({ db, now: new Date(now.getTime() + 60_000) }));
  const { rows } = await db.$client.execute("select to_address, subject || text as said from mails where said like '%canary%'");
  expect(rows.map((row) => row['to_address']).sort()).toEqual(['agnes@example.org', 'lena@example.org']);
});

test('history says who was copied, somebody new too', async () => {
  const { as, number } = await copied();
  await as('alice').run(copyOnTicket, { number, email: 'new.colleague@example.org' });
  const entries = (await as('agnes').load(historyOfTicket(number)))[0].filter(({ type }) => type === 'ticket.copied');
  expect(entries.map(({ data, names }) => names[String(data['person'])])).toEqual(['bob', 'New Colleague']);
});

test('they are told, may answer, and cannot say that it is solved', async () => {
  const { as, number, told, deliver, db, now } = await copied();
  expect(await told('bob')).toEqual([['copied', 'The printer burns', null]]);
  await as('agnes').run(replyToTicket, { number, body: 'Look here.', status: 'solved' });
  await as('agnes').run(replyToTicket, { number, body: 'A secret note, canary.', visibility: 'internal' });
  await deliver();
  expect((await told('bob')).sort()).toEqual([['copied', 'The printer burns', null], ['followed', 'The printer burns', 3]]);
  await as('bob').run(replyToTicket, { number, body: 'I am his colleague.' });
  expect((await as('alice').load(ticketByNumber(number)))[0]!.status).toBe('open');
  await expect(as('bob').run(closeTicket, { number })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('bob').run(replyToTicket, { number, body: 'x', visibility: 'internal' })).rejects.toMatchObject({ reason: 'forbidden' });
  await mailNews.work(settingOf({ db, now: new Date(now.getTime() + 60_000) }));
  const { rows } = await db.$client.execute("select subject, text from mails where to_address = 'bob@example.org'");
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(/canary|tickets\/\d+\?key=/);
});

test('taken out, they see nothing at once, in lists, news and mail', async () => {
  const { as, number, told, deliver, db, now } = await copied();
  await as('agnes').run(replyToTicket, { number, body: 'For all of you.' });
  await as('agnes').run(uncopyOnTicket, { number, person: 'usr_bob' });
  await deliver();
  const bob = as('bob');
  expect(await bob.load(ticketByNumber(number), messagesOfTicket(number))).toEqual([undefined, []]);
  expect((await bob.load(ticketsAsked({ limit: 10 }, 'open', 'copied')))[0].items).toEqual([]);
  expect(await told('bob')).toEqual([]);
  await mailNews.work(settingOf({ db, now: new Date(now.getTime() + 60_000) }));
  expect((await db.$client.execute("select 1 from mails where to_address = 'bob@example.org'")).rows).toEqual([]);
  await expect(bob.run(replyToTicket, { number, body: 'Still here?' })).rejects.toMatchObject({ reason: 'not_found' });
});

test('an address that nobody has becomes somebody who waits; ten at most, and not the requester', async () => {
  const { as, number, db } = await copied();
  await as('agnes').run(copyOnTicket, { number, email: 'new.person@far.example' });
  const { rows } = await db.$client.execute("select name, password_hash from users where email = 'new.person@far.example'");
  expect(rows).toMatchObject([{ name: 'New Person', password_hash: null }]);
  await expect(as('agnes').run(copyOnTicket, { number, email: 'alice@example.org' })).rejects.toMatchObject({ issues: { email: 'They ask this themselves.' } });
  await expect(as('agnes').run(copyOnTicket, { number, email: 'nobody' })).rejects.toMatchObject({ issues: { email: expect.any(String) } });
  for (let i = 0; i < 8; i++) await as('agnes').run(copyOnTicket, { number, email: `p${i}@far.example` });
  await expect(as('agnes').run(copyOnTicket, { number, email: 'one.more@far.example' })).rejects.toMatchObject({ reason: 'conflict' });
  expect((await db.$client.execute("select 1 from users where email = 'one.more@far.example'")).rows).toEqual([]);
});

test('only those who ask and those who change tickets copy people; who is copied takes out themself only; strangers find nothing', async () => {
  const { as, number } = await copied();
  for (const who of ['mara', 'visitor'] as const) await expect(as(who).run(copyOnTicket, { number, email: 'x@far.example' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('bob').run(copyOnTicket, { number, email: 'x@far.example' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('lena').run(copyOnTicket, { number, email: 'x@far.example' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor', { guestOf: number }).run(copyOnTicket, { number, email: 'x@far.example' })).rejects.toMatchObject({ reason: 'signed_out' });
  await as('carol').run(copyOnTicket, { number, email: 'mara@example.org' });
  await expect(as('bob').run(uncopyOnTicket, { number, person: 'usr_mara' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('bob').run(uncopyOnTicket, { number, person: 'usr_bob' });
  expect((await as('bob').load(ticketByNumber(number)))[0]).toBeUndefined();
});

test('staff watch a ticket by choice, or because a note names them, and hear of words and notes', async () => {
  const { as, number, told, deliver } = await copied();
  await as('cleo').run(watchTicket, { number, watching: true });
  await as('agnes').run(replyToTicket, { number, body: 'What do you say, @lena and @alice?', visibility: 'internal' });
  await as('alice').run(replyToTicket, { number, body: 'Hello?' });
  await deliver();
  await as('agnes').run(replyToTicket, { number, body: 'Noted.', visibility: 'internal' });
  await deliver();
  expect((await as('agnes').load(peopleOfTicket(number)))[0].filter(({ role }) => role === 'watcher').map(({ name }) => name).sort()).toEqual(['cleo', 'lena']);
  expect((await told('lena')).map(([kind]) => kind).sort()).toEqual(['followed', 'mentioned', 'noted']);
  expect((await told('cleo')).map(([kind]) => kind).sort()).toEqual(['followed', 'noted', 'noted']);
  expect((await as('alice').load(peopleOfTicket(number)))[0].map(({ role }) => role)).toEqual(['cc']);
  expect(JSON.stringify(await told('alice'))).not.toMatch(/noted|mentioned/);
  await as('cleo').run(watchTicket, { number, watching: false });
  expect((await as('agnes').load(peopleOfTicket(number)))[0].some(({ name }) => name === 'cleo')).toBe(false);
  await expect(as('alice').run(watchTicket, { number, watching: true })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('mara').run(watchTicket, { number, watching: true })).rejects.toMatchObject({ reason: 'not_found' });
});

test('a closed ticket takes nobody new, whoever asks, and nobody is written to; who is copied can still be taken out', async () => {
  const { as, db, number, deliver } = await copied();
  const open = await asks(as('alice'), 'Open');
  await as('agnes').run(changeTicket, { number, status: 'closed' });
  await as('alice').run(copyOnTicket, { number: open, email: 'in.time@far.example' });
  for (const who of ['agnes', 'alice'] as const) await expect(as(who).run(copyOnTicket, { number, email: 'too.late@far.example' })).rejects.toMatchObject({ reason: 'conflict', message: 'This ticket is closed. Nobody is copied on it any more.' });
  await deliver();
  for (const table of ['users', 'mails', 'ticket_people']) expect([table, JSON.stringify((await db.$client.execute(`select * from ${table}`)).rows).includes('too.late')]).toEqual([table, false]);
  await as('alice').run(uncopyOnTicket, { number, person: 'usr_bob' });
  expect((await as('alice').load(peopleOfTicket(number)))[0]).toEqual([]);
});

test('a ticket that became part of another in private takes people as long as that is not closed', async () => {
  const { as, number } = await copied();
  const other = await asks(as('carol'), 'Another');
  await as('agnes').run(mergeTickets, { number, into: other });
  await as('alice').run(copyOnTicket, { number, email: 'in.time@far.example' });
  await as('agnes').run(changeTicket, { number: other, status: 'closed' });
  await expect(as('alice').run(copyOnTicket, { number, email: 'too.late@far.example' })).rejects.toMatchObject({ reason: 'conflict' });
});
