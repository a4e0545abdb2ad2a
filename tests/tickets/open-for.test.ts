import { expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { feedback } from '../../worker/insights/schema.ts';
import { historyPage } from '../../worker/history/queries.ts';
import { mailNews } from '../../worker/notifications/jobs.ts';
import { notifications } from '../../worker/notifications/schema.ts';
import { users } from '../../worker/people/schema.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { deliver } from '../../worker/reactions.ts';
import { openTicketFor } from '../../worker/tickets/open-for.ts';
import { messagesOfTicket, ticketByNumber } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { settingOf, stoa, type Stoa } from '../support/stoa.ts';
import { told } from './support.ts';

const call = { requester: 'alice@example.org', subject: 'She called', body: 'Her printer burns.' };

const rowOf = async ({ db }: Stoa, number: number) => (await db.select().from(tickets).where(eq(tickets.number, number)))[0]!;

/** What goes by mail of all that happened, a minute later. */
async function letters(here: Stoa) {
  await deliver(here.db, gateOf(here.db));
  await mailNews.work(settingOf({ db: here.db, now: new Date(here.now.getTime() + 60_000) }));
  return (await here.db.$client.execute('select to_address, subject, text, locale from mails order by to_address')).rows;
}

test('a message opens a ticket that is theirs: it is answered already, waits for them, and they get it by mail', async () => {
  const here = await stoa();
  const { number } = await here.as('agnes').run(openTicketFor, { ...call, priority: 'high', tags: 'Phone, printer' });
  const [[ticket], [messages]] = [await here.as('alice').load(ticketByNumber(number)), await here.as('alice').load(messagesOfTicket(number))];
  expect(ticket).toMatchObject({ requesterId: 'usr_alice', accountId: 'acc_acme', subject: 'She called', status: 'pending', priority: 'high' });
  expect(messages.map(({ author, visibility }) => [author.id, visibility])).toEqual([['usr_agnes', 'public']]);
  expect(await rowOf(here, number)).toMatchObject({ waitingSince: null, messagesCount: 1, tags: ['phone', 'printer'], assigneeId: null });
  expect(await here.db.select().from(feedback)).toEqual([]);
  expect((await here.as('carol').load(ticketByNumber(number)))[0]).toMatchObject({ number });
  const [letter, ...others] = await letters(here);
  expect(others).toEqual([]);
  expect([letter!['to_address'], letter!['subject']]).toEqual(['alice@example.org', 'agnes opened a ticket for you: “She called”']);
  expect(letter!['text']).toContain('Her printer burns.');
});

test('a note holds what they said: they wait for a first answer since then, read nothing of it, and get no mail', async () => {
  const here = await stoa();
  const { number } = await here.as('agnes').run(openTicketFor, { ...call, visibility: 'internal', body: 'She was cross. @cleo' });
  expect(await rowOf(here, number)).toMatchObject({ status: 'open', waitingSince: here.now, messagesCount: 0 });
  const [ticket, messages] = await here.as('alice').load(ticketByNumber(number), messagesOfTicket(number));
  expect([ticket?.subject, messages]).toEqual(['She called', []]);
  expect((await letters(here)).map((letter) => letter['to_address'])).toEqual(['cleo@example.org']);
  expect((await here.db.select().from(notifications)).map(({ userId, kind }) => [userId, kind])).toEqual([['usr_cleo', 'mentioned']]);
  await here.as('agnes').run(replyToTicket, { number, body: 'Here is how.' });
  expect(await rowOf(here, number)).toMatchObject({ status: 'pending', waitingSince: null, messagesCount: 1 });
});

test('somebody new is there from then on by name and language, and gets the link that opens their ticket', async () => {
  const here = await stoa();
  const { number } = await here.as('agnes').run(openTicketFor, { ...call, requester: 'K.Pappas@Far.test', name: 'Κώστας Παππάς', locale: 'el' });
  const person = (await here.db.select().from(users)).find(({ email }) => email === 'k.pappas@far.test')!;
  expect(person).toMatchObject({ name: 'Κώστας Παππάς', locale: 'el', passwordHash: null, role: 'customer' });
  expect((await rowOf(here, number)).requesterId).toBe(person.id);
  const [letter] = await letters(here);
  expect([letter!['to_address'], letter!['subject']]).toEqual(['k.pappas@far.test', 'Νέο αίτημα για εσάς από agnes: «She called»']);
  expect(letter!['text']).toMatch(new RegExp(`https://help\\.example/el/tickets/${number}\\?key=[\\w-]{32}`));
  await here.as('agnes').run(openTicketFor, { ...call, requester: 'k.pappas@far.test', name: 'Another Name', locale: 'en' });
  expect((await here.db.select().from(users)).filter(({ email }) => email === 'k.pappas@far.test')).toMatchObject([{ name: 'Κώστας Παππάς', locale: 'el' }]);
});

test('the log says who opened it for whom, and who is given it hears of it', async () => {
  const here = await stoa();
  await here.db.$client.batch(["insert into groups (id, name, created_at) values ('grp_1', 'Printers', 0)", "insert into group_members (group_id, user_id) values ('grp_1', 'usr_cleo')"]);
  const { number } = await here.as('agnes').run(openTicketFor, { ...call, group: 'grp_1', assignee: 'usr_cleo' });
  const [{ items: [entry] }] = await here.as('ada').load(historyPage({ limit: 5 }, number, {}));
  expect(entry).toMatchObject({ type: 'ticket.opened', actorId: 'usr_agnes', data: { for: 'usr_alice', assigneeId: 'usr_cleo', groupId: 'grp_1' }, names: { usr_alice: 'alice', usr_cleo: 'cleo', grp_1: 'Printers' } });
  await deliver(here.db, gateOf(here.db));
  expect((await here.db.select().from(notifications)).map(({ userId, kind }) => [userId, kind]).sort()).toEqual([['usr_alice', 'opened'], ['usr_cleo', 'assigned']]);
  await expect(here.as('agnes').run(openTicketFor, { ...call, group: 'grp_1', assignee: 'me' })).rejects.toMatchObject({ issues: { assignee: 'Choose a member of the ticket’s group.' } });
  await expect(here.as('agnes').run(openTicketFor, { ...call, group: 'grp_none', assignee: 'usr_alice' })).rejects.toMatchObject({ issues: { group: expect.any(String), assignee: 'Choose someone from the list.' } });
});

test('who is confined to groups opens tickets in these alone', async () => {
  const here = await stoa();
  await here.db.$client.batch(["insert into groups (id, name, created_at) values ('grp_1', 'Printers', 0), ('grp_2', 'Screens', 0)"]);
  const agnes = here.as('agnes', { scopes: { groups: ['grp_1'] } });
  for (const group of [undefined, 'grp_2']) await expect(agnes.run(openTicketFor, { ...call, group })).rejects.toMatchObject({ issues: { group: 'Choose a group from the list.' } });
  await agnes.run(openTicketFor, { ...call, group: 'grp_1' });
  expect(await told(here.db)).toEqual(['ticket.opened']);
});

test('never for a colleague, nor for who is suspended or erased', async () => {
  const { as, db } = await stoa();
  await db.$client.batch(["update users set suspended_at = 1 where id = 'usr_bob'", "update users set suspended_at = 1, suspended_until = 2 where id = 'usr_carol'", "insert into users (id, email, name, handle, created_at, suspended_at, anonymised_at) values ('usr_gone', 'former-1@erased.invalid', 'Former member', 'former-1', 0, 1, 1)"]);
  const refused = { 'cleo@example.org': 'They work here. Open an internal ticket instead.', 'agnes@example.org': 'They work here. Open an internal ticket instead.', 'bob@example.org': 'This person is suspended. No ticket can be opened for them.', 'former-1@erased.invalid': 'This person was erased. No ticket can be opened for them.' };
  for (const [requester, sentence] of Object.entries(refused)) await expect(as('agnes').run(openTicketFor, { ...call, requester })).rejects.toMatchObject({ reason: 'invalid', issues: { requester: sentence } });
  expect(await told(db)).toEqual([]);
  await as('agnes').run(openTicketFor, { ...call, requester: 'carol@example.org' });
  await as('agnes').run(openTicketFor, { ...call, requester: 'mara@example.org' });
  expect(await told(db)).toEqual(['ticket.opened', 'ticket.opened']);
});

test('it is for those who answer tickets, what a role does not allow is refused, and bad input names its field', async () => {
  const { as } = await stoa();
  for (const name of ['alice', 'mara', 'lena'] as const) await expect(as(name).run(openTicketFor, call)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(openTicketFor, call)).rejects.toMatchObject({ reason: 'signed_out' });
  const only = as('agnes', { permissions: ['tickets.see', 'tickets.answer'] });
  await expect(only.run(openTicketFor, { ...call, visibility: 'internal' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(only.run(openTicketFor, { ...call, tags: 'phone' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('agnes').run(openTicketFor, { requester: 'nowhere', subject: '', body: '', visibility: 'all', form: '' })).rejects.toMatchObject({ issues: { requester: expect.any(String), subject: expect.any(String), body: expect.any(String), visibility: expect.any(String) } });
  await expect(as('agnes').run(openTicketFor, { ...call, form: 'frm_none' })).rejects.toMatchObject({ issues: { form: 'Choose a form from the list.' } });
});

test('two agents who open one for the same new address make one person', async () => {
  const { as, db } = await stoa();
  const input = { ...call, requester: 'twins@far.test' };
  await Promise.all([as('agnes').run(openTicketFor, input), as('ada').run(openTicketFor, input)]);
  expect((await db.select().from(users)).filter(({ email }) => email === 'twins@far.test')).toHaveLength(1);
  expect(new Set((await db.select().from(tickets)).map(({ requesterId }) => requesterId)).size).toBe(1);
});
