import { expect, test } from 'vitest';
import { mergeTickets } from '../../worker/joins/merge.ts';
import { decodeCursor } from '../../worker/platform/query.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { changedSince, faceOf } from '../../worker/tickets/face.ts';
import { newestTicket, newsOfTicket, newTickets } from '../../worker/tickets/live.ts';
import { ticketsAsked } from '../../worker/tickets/queries.ts';
import { messagesPage } from '../../worker/tickets/records.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { asks } from '../joins/support.ts';
import { settingOf, stoa } from '../support/stoa.ts';
import { sendHeldReplies } from '../../worker/tickets/jobs.ts';
import { sendHeld } from '../../worker/tickets/send.ts';

test('what is new is counted by who sees it; for who sees nothing there is nothing', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(replyToTicket, { number, body: 'A note.', visibility: 'internal' });
  const { id } = await as('agnes').run(replyToTicket, { number, body: 'An answer.' });
  expect(await as('alice').load(newsOfTicket(number, 1))).toMatchObject([{ count: 1, first: id }]);
  expect((await as('lena').load(newsOfTicket(number, 1)))[0].count).toBe(2);
  expect(await as('agnes').load(newsOfTicket(number, 3))).toMatchObject([{ count: 0, first: null }]);
  for (const name of ['bob', 'visitor'] as const) await expect(as(name).load(newsOfTicket(number, 0))).rejects.toMatchObject({ reason: 'not_found' });
  const [{ seen }] = await as('agnes').load(newestTicket());
  await asks(as('bob'));
  expect(await as('agnes').load(newTickets(seen))).toMatchObject([{ count: 1, first: number + 1 }]);
  await expect(as('bob').load(newTickets(0))).rejects.toMatchObject({ reason: 'not_found' });
});

test('what became different since a page was drawn is told by name: of all its parts to staff, of the subject to customers, whatever their page says', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  const [before] = await as('agnes').load(newsOfTicket(number, 1));
  const known = faceOf(before);
  await as('agnes').run(changeTicket, { number, subject: 'Another subject', status: 'open', assignee: 'me' });
  const [[theirs], [hers]] = [await as('agnes').load(newsOfTicket(number, 1)), await as('alice').load(newsOfTicket(number, 1))];
  expect(changedSince(known, theirs, true)).toEqual({ subject: 'Another subject', status: null, assignee: null });
  expect(changedSince(known, hers, false)).toEqual({ subject: 'Another subject' });
  expect(changedSince(faceOf(before, ['subject']), theirs, true)).toEqual({ subject: 'Another subject' });
  for (const page of [faceOf(theirs), '', 'x']) expect(changedSince(page, theirs, true)).toBeUndefined();
});

test('customers count messages without notes: no number, cursor or news of theirs has a gap, and staff count all', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  for (const visibility of ['internal', 'public', 'internal', 'internal', 'public'] as const) await as('agnes').run(replyToTicket, { number, body: visibility, visibility });
  await as('alice').run(replyToTicket, { number, body: 'Mine.' });
  const told = async (who: 'alice' | 'agnes') => {
    const numbers: number[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const [{ items, next }] = await as(who).load(messagesPage({ after, limit: 1 }, number));
      numbers.push(...items.map((one) => one.number));
      if (who === 'alice') expect(decodeCursor(next ?? undefined)?.[1] ?? items[0]!.number).toBe(items[0]!.number);
      [after, more] = [next ?? undefined, next !== null];
    }
    return numbers;
  };
  expect([await told('alice'), await told('agnes')]).toEqual([[1, 2, 3, 4], [1, 2, 3, 4, 5, 6, 7]]);
  const third = (await as('alice').load(messagesPage({ limit: 10 }, number)))[0].items[2]!;
  expect(await as('alice').load(newsOfTicket(number, 2))).toMatchObject([{ count: 2, first: third.id }]);
  await expect(as('alice').run(replyToTicket, { number, seen: 3, body: 'Crossed.' })).rejects.toMatchObject({ reason: 'conflict' });
  await as('alice').run(replyToTicket, { number, seen: 4, body: 'Not crossed.' });
});

test('of a ticket merged privately its people hear of what is for them, count it alone, and find it among the open ones as long as it is worked on', async () => {
  const { as } = await stoa();
  const [into, source] = [await asks(as('bob')), await asks(as('alice'))];
  const [{ room: before }] = await as('alice').load(newsOfTicket(source, 1));
  await as('cleo').run(mergeTickets, { number: source, into, accounts: true });
  const [{ room, count }] = await as('alice').load(newsOfTicket(source, 1));
  expect([room === before, room, count]).toEqual([false, (await as('bob').load(newsOfTicket(into, 1)))[0].room, 0]);
  await as('alice').run(replyToTicket, { number: source, body: 'More.' });
  expect((await as('alice').load(messagesPage({ limit: 10 }, source)))[0].items.map((one) => one.number)).toEqual([1, 2]);
  expect((await as('alice').load(newsOfTicket(source, 1)))[0].count).toBe(1);
  expect((await as('bob').load(newsOfTicket(into, 1)))[0].count).toBe(0);
  const listed = async (who: 'alice' | 'carol', whose: 'mine' | 'account') => Promise.all((['open', 'solved'] as const).map(async (state) => (await as(who).load(ticketsAsked({ limit: 5 }, state, whose)))[0].items.map((one) => one.number)));
  for (const [who, whose] of [['alice', 'mine'], ['carol', 'account']] as const) expect(await listed(who, whose)).toEqual([[source], []]);
  await as('agnes').run(changeTicket, { number: into, status: 'solved' });
  for (const [who, whose] of [['alice', 'mine'], ['carol', 'account']] as const) expect(await listed(who, whose)).toEqual([[], [source]]);
});

test('what a page shows as held is told when it is no more: sent, taken back, or crossed, by whom; one’s own answer is no news', async () => {
  const { as, db, now } = await stoa();
  const number = await asks(as('alice'));
  const { id } = await as('agnes').run(replyToTicket, { number, body: 'Held.', hold: true });
  const told = async (who: 'agnes' | 'cleo' | 'alice') => {
    const [{ count, held }] = await as(who).load(newsOfTicket(number, 1, [id]));
    return [count, held];
  };
  expect([await told('agnes'), await told('alice')]).toEqual([[0, {}], [0, {}]]);
  await as('alice').run(replyToTicket, { number, body: 'Wait.' });
  expect([await told('agnes'), await told('alice')]).toEqual([[1, { [id]: ['crossed', 'alice'] }], [1, {}]]);
  await sendHeldReplies.work(settingOf({ db, now: new Date(now.getTime() + 20_000) }));
  expect([await told('agnes'), await told('cleo')]).toEqual([[1, { [id]: ['back', 'alice'] }], [1, { [id]: ['back', null] }]]);

  const again = await as('agnes').run(replyToTicket, { number, body: 'Held.', hold: true });
  await as('agnes').run(sendHeld, { number, id: again.id });
  const news = async (who: 'agnes' | 'cleo') => (await as(who).load(newsOfTicket(number, 2, [again.id])))[0];
  expect(await news('agnes')).toMatchObject({ count: 0, first: null, held: { [again.id]: ['sent', null] } });
  expect(await news('cleo')).toMatchObject({ count: 1, first: again.id });
});
