import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { mergeOfTicket } from '../../worker/joins/queries.ts';
import { candidates, typedAddress } from '../../worker/joins/records.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { changeRequester } from '../../worker/tickets/change-requester.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { guestLink, type Key, keyIn, mailedLink, stillOpens } from '../../worker/tickets/link.ts';
import { openTicketFor } from '../../worker/tickets/open-for.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { ticketByNumber } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { cast, SECRET, stoa } from '../support/stoa.ts';
import { asks, merge, unmerge } from './support.ts';

const ALICE = 'alice@example.org';

async function world() {
  const here = await stoa();
  const { as, db } = here;
  const types = async (subject: string, email = ALICE) => (await as('visitor').run(openTicket, { subject, body: 'Words of a stranger.', email })).number;
  const roundOf = async (number: number) => (await db.select().from(tickets).where(eq(tickets.number, number)))[0]!.linkRound;
  const isTyped = async (number: number) => (await as('agnes').load(typedAddress(number)))[0]!.isTyped;
  return { ...here, types, roundOf, isTyped };
}

test('who typed somebody’s address without signing in has no link to what that becomes part of, nor to what becomes part of it', async () => {
  const { as, types, roundOf } = await world();
  const [own, other, typed, into] = [await asks(as('alice'), 'Own'), await asks(as('alice'), 'Other'), await types('Typed'), await types('Into')];
  await merge(as('agnes'), typed, own);
  await merge(as('agnes'), other, into);
  expect([await roundOf(typed), await roundOf(own), await roundOf(into), await roundOf(other)]).toEqual([-1, 0, -1, 0]);
  await unmerge(as('agnes'), typed);
  expect(await roundOf(typed)).toBe(-1);
});

test('it keeps its link where others are to take part, and where what is somebody else’s stays apart', async () => {
  const { as, types, roundOf } = await world();
  const [own, ofBob] = [await asks(as('alice'), 'Own'), await asks(as('bob'), 'Of Bob')];
  const [chosen, apart] = [await types('Chosen'), await types('Apart')];
  await merge(as('agnes'), chosen, own, { share: true });
  await merge(as('ada'), apart, ofBob, { accounts: true });
  expect([await roundOf(chosen), await roundOf(apart)]).toEqual([0, 0]);
});

test('what is part of a ticket loses such a link too when that becomes part of a third, but for what is another requester’s own', async () => {
  const { as, types, roundOf } = await world();
  const [first, second, third] = [await types('First'), await asks(as('alice'), 'Second'), await asks(as('alice'), 'Third')];
  const guests = await types('Of a guest', 'guest@far.test');
  await merge(as('agnes'), first, second, { share: true });
  await merge(as('agnes'), guests, second, { share: true });
  expect(await roundOf(first)).toBe(0);
  await merge(as('agnes'), second, third);
  expect([await roundOf(first), await roundOf(guests), await roundOf(third)]).toEqual([-1, 0, 0]);
});

test('staff learn which tickets these are: not those opened by who signed in, nor by staff, nor those whose links went by mail since', async () => {
  const { as, types, isTyped } = await world();
  const [own, typed] = [await asks(as('alice'), 'Own'), await types('Typed')];
  const { number: called } = await as('agnes').run(openTicketFor, { requester: ALICE, subject: 'Called', body: 'On the phone.' });
  const [list] = await as('agnes').load(candidates(own));
  expect(Object.fromEntries(list.map((one) => [one.number, one.isTyped]))).toEqual({ [typed]: true, [called]: false });
  expect([await isTyped(own), await isTyped(typed), await isTyped(called)]).toEqual([false, true, false]);
  expect(await as('alice').load(typedAddress(typed))).toEqual([undefined]);
  await merge(as('agnes'), typed, own, { share: true });
  expect([await isTyped(own), (await as('agnes').load(mergeOfTicket(typed, [])))[0]!.isTyped]).toEqual([true, true]);
  await as('agnes').run(changeRequester, { number: own, requester: 'bob@example.org' });
  expect(await isTyped(own)).toBe(false);
});

test('a ticket that goes on from one by its link is such a ticket, also where who wrote is signed in as somebody else', async () => {
  const { as, types, isTyped } = await world();
  const typed = await types('Typed');
  await as('agnes').run(changeTicket, { number: typed, status: 'closed' });
  const { number: byLink } = await as('visitor', { guestOf: typed }).run(replyToTicket, { number: typed, body: 'Still.' });
  const { number: byBob } = await as('bob', { guestOf: typed }).run(replyToTicket, { number: typed, body: 'Still, says Bob.' });
  const { number: byAlice } = await as('alice').run(replyToTicket, { number: typed, body: 'Still, says Alice.' });
  expect(new Set([typed, byLink, byBob, byAlice]).size).toBe(4);
  expect([await isTyped(byLink), await isTyped(byBob), await isTyped(byAlice)]).toEqual([true, true, false]);
});

test('before somebody is let in, staff learn of such an address on either side', async () => {
  const { as, types } = await world();
  const [typed, ofBob, ofCarol] = [await types('Typed'), await asks(as('bob'), 'Of Bob'), await asks(as('carol'), 'Of Carol')];
  await merge(as('ada'), ofBob, typed, { accounts: true });
  const [found] = await as('agnes').load(mergeOfTicket(ofBob, []));
  expect([found.isTyped, found.target?.isTyped]).toEqual([false, true]);
  await merge(as('ada'), await types('Typed too'), ofCarol, { accounts: true });
  const [other] = await as('agnes').load(mergeOfTicket(ofCarol, []));
  expect([other.isTyped, other.target]).toEqual([false, null]);
});

test('a link that went to the address leads on where the one that was shown ends, until somebody else asks either; then neither opens it', async () => {
  const { as, db, now, types } = await world();
  const [first, second] = [await types('First', 'guest@far.test'), await types('Second', 'guest@far.test')];
  const by = (key: Key, number = first) => openPortal({ db, gate: gateOf(db), viewer: { ...cast.visitor, guestOf: number }, link: stillOpens(number, key), secret: SECRET, clock: () => now });
  const opens = async (key: Key, number = first) => (await by(key, number).load(ticketByNumber(number)))[0]?.number;
  const [shown, mailed] = [{ round: 0, isMailed: false }, { round: 0, isMailed: true }];
  expect([await opens(shown), await opens(mailed)]).toEqual([first, first]);
  await merge(as('agnes'), first, second);
  expect([await opens(shown), await opens(shown, second), await opens(mailed), await opens(mailed, second)]).toEqual([undefined, undefined, second, second]);
  for (const key of [{ round: 1, isMailed: false }, { round: 1, isMailed: true }]) expect([key, await opens(key)]).toEqual([key, undefined]);

  await as('agnes').run(changeRequester, { number: second, requester: 'bob@example.org' });
  for (const key of [shown, mailed, { round: 1, isMailed: false }, { round: 1, isMailed: true }]) expect([key, await opens(key), await opens(key, second)]).toEqual([key, undefined, undefined]);
  expect(await opens({ round: 2, isMailed: true }, second)).toBe(second);
});

test('nothing that was shown of a link makes one that goes by mail, of whichever round', () => {
  for (const round of [0, 1, 2, -1]) {
    const [shown, mailed] = [guestLink(SECRET, 7, round), mailedLink(SECRET, 7, round)].map((link) => link.split('key=')[1]!);
    expect(keyIn(SECRET, 7, mailed!)).toEqual({ round: Math.max(0, round), isMailed: true });
    expect(keyIn(SECRET, 7, shown!)).toEqual(round < 0 ? { round: 0, isMailed: true } : { round, isMailed: false });
    for (const made of [`${shown}.m${round}`, `${shown!.split('.')[0]}.m0`, mailed!.split('.')[0]!, mailed!.replace('.m', '.'), mailed!.replace(/\d+$/, '9'), mailed!.replace('.m', '.m0')]) {
      if (made !== shown && made !== mailed) expect([made, keyIn(SECRET, 7, made)]).toEqual([made, undefined]);
    }
    expect(keyIn(SECRET, 8, mailed!)).toBeUndefined();
  }
});
