import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Database } from '../../worker/database/open.ts';
import { keepGroup } from '../../worker/groups/keep.ts';
import { historyPage } from '../../worker/history/queries.ts';
import { feedback } from '../../worker/insights/schema.ts';
import { followUpsOf, linksOfTicket } from '../../worker/links/queries.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { closeSolved } from '../../worker/tickets/jobs.ts';
import { messagesOfTicket, ticketByNumber } from '../../worker/tickets/queries.ts';
import { setReopenTime } from '../../worker/tickets/set-reopening.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { undoReply } from '../../worker/tickets/undo.ts';
import { settingOf, stoa } from '../support/stoa.ts';
import { asks, inHour, told } from './support.ts';

const rowOf = async (db: Database, number: number) => (await db.select().from(tickets).where(eq(tickets.number, number)))[0]!;

test('an answer from staff waits for the requester, whose reply opens the ticket again', async () => {
  const { as, db } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(replyToTicket, { number, body: 'Use the extinguisher.' });
  expect(await rowOf(db, number)).toMatchObject({ status: 'pending', waitingSince: null, messagesCount: 2 });

  await as('alice').run(replyToTicket, { number, body: 'It still burns.' });
  const ticket = await rowOf(db, number);
  expect(ticket).toMatchObject({ status: 'open', messagesCount: 3 });
  expect(ticket.waitingSince).not.toBeNull();
  expect((await as('alice').load(messagesOfTicket(number)))[0].map((m) => m.number)).toEqual([1, 2, 3]);
  expect((await told(db)).slice(-2)).toEqual(['ticket.replied', 'ticket.replied']);
  expect((await db.select().from(feedback)).map((saying) => [saying.source, saying.place])).toEqual([['ticket', 1], ['message', 3]]);
});

test('a ticket waits since the oldest word that nobody answered', async () => {
  const { as, db } = await stoa();
  const [alice, agnes] = [as('alice').viewer, as('agnes').viewer];
  const hourOf = async (number: number) => (await rowOf(db, number)).waitingSince?.getUTCHours();
  const number = await asks(inHour(db, alice, 1));
  await inHour(db, alice, 2).run(replyToTicket, { number, body: 'Still.' });
  expect(await hourOf(number)).toBe(1);
  await inHour(db, agnes, 3).run(replyToTicket, { number, body: 'Looking.', status: 'open' });
  expect(await hourOf(number)).toBeUndefined();
  await inHour(db, alice, 4).run(replyToTicket, { number, body: 'And?' });
  expect(await hourOf(number)).toBe(4);
});

test('staff choose what the ticket becomes; a reply to a solved one opens it', async () => {
  const { as, db } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(replyToTicket, { number, body: 'Done.', status: 'solved' });
  expect((await rowOf(db, number)).solvedAt).not.toBeNull();
  await as('alice').run(replyToTicket, { number, body: 'Not done.' });
  expect(await rowOf(db, number)).toMatchObject({ status: 'open', solvedAt: null });
});

test('a note is for staff, changes nothing and is announced as a note', async () => {
  const { as, db } = await stoa();
  const number = await asks(as('alice'));
  const before = await rowOf(db, number);
  await as('cleo').run(replyToTicket, { number, body: 'They renew in May.', visibility: 'internal', status: 'solved' });

  expect(await rowOf(db, number)).toEqual(before);
  expect((await told(db)).at(-1)).toBe('ticket.noted');
  const seenBy = async (portal: Portal) => (await portal.load(messagesOfTicket(number)))[0].length;
  expect(await seenBy(as('agnes'))).toBe(2);
  for (const portal of [as('alice'), as('carol'), as('visitor', { guestOf: number })]) expect(await seenBy(portal)).toBe(1);
  for (const name of ['bob', 'mara', 'visitor'] as const) expect(await seenBy(as(name))).toBe(0);
});

test('only staff write notes, and only staff choose the status', async () => {
  const { as, db } = await stoa();
  const number = await asks(as('alice'));
  for (const portal of [as('alice'), as('carol')]) {
    await expect(portal.run(replyToTicket, { number, body: 'Psst.', visibility: 'internal' })).rejects.toMatchObject({ reason: 'forbidden' });
  }
  await as('alice').run(replyToTicket, { number, body: 'Solve it.', status: 'solved' });
  expect((await rowOf(db, number)).status).toBe('new');
});

test('who holds the link may answer there, and nowhere else', async () => {
  const { as } = await stoa();
  const [number, other] = [await asks(as('alice')), await asks(as('alice'))];
  const guest = as('visitor', { guestOf: number });
  await guest.run(replyToTicket, { number, body: 'Here I am.' });
  expect((await as('alice').load(messagesOfTicket(number)))[0].at(-1)?.author.id).toBe(as('alice').viewer.id);
  await expect(guest.run(replyToTicket, { number: other, body: 'Hello?' })).rejects.toMatchObject({ reason: 'not_found' });
  expect(await guest.load(ticketByNumber(other), messagesOfTicket(other))).toEqual([undefined, []]);
});

test('a stranger, a moderator and a visitor find nothing', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  for (const name of ['bob', 'mara', 'visitor'] as const) {
    await expect(as(name).run(replyToTicket, { number, body: 'Hello?' })).rejects.toMatchObject({ reason: 'not_found' });
  }
});

test('an empty message names its field', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await expect(as('alice').run(replyToTicket, { number, body: '  ' })).rejects.toMatchObject({ issues: { body: 'Write a message.' } });
});

test('ten answers of customers at once all stand; a stale answer of staff is not sent', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await Promise.all(Array.from({ length: 10 }, (_, i) => as(i % 2 ? 'alice' : 'carol').run(replyToTicket, { number, body: `Word ${i}` })));
  expect((await as('alice').load(messagesOfTicket(number)))[0].map((m) => m.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  await expect(as('agnes').run(replyToTicket, { number, body: 'About your first word.', seen: 1 })).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(replyToTicket, { number, body: 'About all of them.', seen: 11 });
});

test('a closed ticket takes notes only; its requester’s word opens another that follows it up', async () => {
  const { as, db } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, status: 'closed', tags: 'fire', priority: 'high', assignee: 'me' });
  await expect(as('agnes').run(replyToTicket, { number, body: 'One more thing.' })).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(replyToTicket, { number, body: 'For later.', visibility: 'internal' });

  const followed = await as('alice').run(replyToTicket, { number, body: 'It burns again.' });
  const [before, after] = [await rowOf(db, number), await rowOf(db, followed.number)];
  expect(before.status).toBe('closed');
  expect(after).toMatchObject({ number: number + 1, status: 'new', requesterId: before.requesterId, accountId: before.accountId, tags: ['fire'], priority: 'high', assigneeId: before.assigneeId, subject: before.subject });
  expect((await as('alice').load(messagesOfTicket(followed.number)))[0].map(({ id }) => id)).toEqual([followed.id]);
  expect((await as('agnes').load(linksOfTicket(number)))[0]).toMatchObject([{ kind: 'follow_up', isOut: false, number: followed.number }]);
  for (const who of ['alice', 'agnes'] as const) expect(await as(who).load(followUpsOf(number), followUpsOf(followed.number))).toMatchObject([[{ isEarlier: false, number: followed.number }], [{ isEarlier: true, number }]]);
  expect(await as('bob').load(followUpsOf(number), followUpsOf(followed.number))).toEqual([[], []]);
  expect((await told(db)).slice(-2).sort()).toEqual(['ticket.followed', 'ticket.opened']);
  const guest = await as('visitor', { guestOf: number }).run(replyToTicket, { number, body: 'By the link.' });
  expect(guest.number).toBe(number + 2);
});

test('what was solved two weeks ago is closed by the clock, and the log says by what', async () => {
  const here = await stoa();
  const { as, db, now } = here;
  const [old, young] = [await asks(as('alice')), await asks(as('alice'))];
  await as('agnes').run(changeTicket, { number: old, status: 'solved' });
  expect(await closeSolved.work(settingOf(here))).toBe(0);
  const later = new Date(now.getTime() + 15 * 86_400_000);
  expect(await closeSolved.work(settingOf({ db, now: later }))).toBe(1);
  expect(await closeSolved.work(settingOf({ db, now: later }))).toBe(0);
  expect([(await rowOf(db, old)).status, (await rowOf(db, young)).status]).toEqual(['closed', 'new']);
  expect((await as('agnes').load(historyPage({ limit: 9 }, old, {})))[0].items[0]).toMatchObject({ type: 'ticket.closed', actorId: 'system', data: { from: { status: 'solved' }, to: { status: 'closed' } } });
});

test('admins say in how many days a solved ticket can be reopened, within reason', async () => {
  const here = await stoa();
  const { as, db, now } = here;
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, status: 'solved' });
  const after = (days: number) => closeSolved.work(settingOf({ db, now: new Date(now.getTime() + days * 86_400_000 + 1) }));
  await as('ada').run(setReopenTime, { days: 28 });
  expect(await after(27)).toBe(0);
  await as('ada').run(setReopenTime, { days: 4 });
  expect(await after(3)).toBe(0);
  expect(await after(4)).toBe(1);
  for (const days of [3, 29, 'soon']) await expect(as('ada').run(setReopenTime, { days })).rejects.toMatchObject({ issues: { days: 'Write a whole number from 4 to 28.' } });
  await expect(as('agnes').run(setReopenTime, { days: 9 })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(setReopenTime, { days: 9 })).rejects.toMatchObject({ reason: 'signed_out' });
});

test('whoever answers a customer’s ticket that nobody has, has it: logged, undone with the answer, and not if they say so or may not', async () => {
  const { as, db } = await stoa();
  const holderOf = async (number: number) => (await rowOf(db, number)).assigneeId;
  const answered = async (who: 'agnes' | 'cleo', more: object = {}, group?: string) => {
    const number = await asks(as('alice'));
    if (group) await as('ada').run(changeTicket, { number, group });
    return as(who).run(replyToTicket, { number, body: 'Water!', ...more });
  };
  const first = await answered('agnes', { status: 'solved' });
  expect(await holderOf(first.number)).toBe('usr_agnes');
  expect((await as('agnes').load(historyPage({ limit: 9 }, first.number, {})))[0].items.map(({ type, data }) => [type, data['to']])).toContainEqual(['ticket.changed', { assigneeId: 'usr_agnes' }]);
  await as('cleo').run(replyToTicket, { number: first.number, body: 'More water!' });
  expect(await holderOf(first.number)).toBe('usr_agnes');

  expect(await holderOf((await answered('agnes', { assignee: 'nobody' })).number)).toBeNull();
  expect(await holderOf((await answered('agnes', { visibility: 'internal' })).number)).toBeNull();
  const { id: group } = await as('ada').run(keepGroup, { name: 'Billing', members: ['usr_agnes'] });
  expect([await holderOf((await answered('agnes', {}, group)).number), await holderOf((await answered('cleo', {}, group)).number)]).toEqual(['usr_agnes', null]);
  await db.$client.execute("update users set role = 'light_agent' where id = 'usr_agnes'");
  expect(await holderOf((await answered('agnes')).number)).toBeNull();
  await db.$client.execute("update users set role = 'agent' where id = 'usr_agnes'");

  const held = await answered('agnes', { hold: true });
  expect(await holderOf(held.number)).toBe('usr_agnes');
  await as('agnes').run(undoReply, { number: held.number, id: held.id });
  expect(await holderOf(held.number)).toBeNull();
});
