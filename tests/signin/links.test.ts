import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { mails } from '../../worker/mail/schema.ts';
import { users } from '../../worker/people/schema.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { askForLinks } from '../../worker/signin/ask-links.ts';
import { suspendedTickets } from '../../worker/suspended/schema.ts';
import { changeRequester } from '../../worker/tickets/change-requester.ts';
import { mailedLink } from '../../worker/tickets/link.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { merge } from '../joins/support.ts';
import { SECRET } from '../support/stoa.ts';
import { later, lettersTo, world } from './support.ts';

const url = 'https://help.example.org';
const email = 'guest@far.test';
const guestOpens = async (portal: Portal, subject: string, more: object = {}) => (await portal.run(openTicket, { subject, body: 'Words.', email, ...more })).number;

const answered = (portal: Portal, number: number, more: object = {}) => portal.run(replyToTicket, { number, body: 'We look.', ...more });

/** Asks for links half an hour after the last letter; what the newest letter says. */
async function asked(at: Awaited<ReturnType<typeof world>>, address = email, more: object = {}) {
  await later(at, 30);
  expect(await at.as('visitor').run(askForLinks, { email: address, url, ...more })).toEqual({});
  return (await lettersTo(at, address))[0]!;
}

test('a guest is mailed the links of what they asked, but for what is closed, in their language; nobody else’s', async () => {
  const at = await world();
  const visitor = at.as('visitor');
  const first = await guestOpens(visitor, 'The printer <burns>', { locale: 'el' });
  const [second, solved, closed, others] = [await guestOpens(visitor, 'Second'), await guestOpens(visitor, 'Solved one'), await guestOpens(visitor, 'Closed one'), await guestOpens(visitor, 'Of another', { email: 'other@far.test' })];
  for (const number of [first, second, solved]) await answered(at.as('agnes'), number);
  await at.db.update(tickets).set({ status: 'solved', solvedAt: at.now }).where(eq(tickets.number, solved));
  await at.db.update(tickets).set({ status: 'closed' }).where(eq(tickets.number, closed));
  const letter = await asked(at);
  expect([letter.purpose, letter.locale, letter.subject]).toEqual(['links', 'el', 'Οι σύνδεσμοι των αιτημάτων σας']);
  for (const [number, subject] of [[first, 'The printer <burns>'], [second, 'Second'], [solved, 'Solved one']] as const) {
    expect(letter.text).toContain(`${subject}\nΑίτημα ${number}: ${url}/el${mailedLink(SECRET, number)}`);
    expect(letter.html).toContain(`href="${url}/el${mailedLink(SECRET, number)}"`);
  }
  expect(letter.html).toContain('The printer &lt;burns&gt;');
  expect([...letter.text.matchAll(/key=/g)]).toHaveLength(3);
  expect(letter.text).not.toContain(`/${others}?`);
});

test('nobody’s words are mailed to an address that they only typed: a ticket is told by its number until the team answered it', async () => {
  const at = await world();
  const visitor = at.as('visitor');
  const [bait, noted, part] = [await guestOpens(visitor, 'You won, go to https://bait.test'), await guestOpens(visitor, 'Noted bait'), await guestOpens(visitor, 'Merged bait')];
  const others = (await at.as('alice').run(openTicket, { subject: 'Of Alice', body: 'Words.' })).number;
  await merge(at.as('ada'), part, others, { accounts: true });
  await answered(at.as('agnes'), others);
  await answered(at.as('agnes'), noted, { visibility: 'internal' });
  const letter = await asked(at);
  for (const number of [bait, noted, part]) expect(letter.text).toContain(`\n\nTicket ${number}: ${url}`);
  expect(letter.text + letter.html).not.toContain('bait');
  await answered(at.as('agnes'), noted);
  expect((await asked(at)).text).toContain(`Noted bait\nTicket ${noted}: `);
});

test('a link is of the round that its ticket is in, and of nobody who asked it before', async () => {
  const at = await world();
  const number = await guestOpens(at.as('visitor'), 'Handed on');
  await at.as('agnes').run(changeRequester, { number, requester: 'next@far.test' });
  expect((await asked(at, 'next@far.test')).text).toContain(`${url}${mailedLink(SECRET, number, 1)}\n`);
  expect((await asked(at)).subject).toBe('No open ticket with this address');
});

test('of what became part of a ticket of their own only that one is told; of another’s, their own, while that is not done', async () => {
  const at = await world();
  const visitor = at.as('visitor');
  const [own, part, apart] = [await guestOpens(visitor, 'Own'), await guestOpens(visitor, 'Part'), await guestOpens(visitor, 'Apart')];
  const others = (await at.as('alice').run(openTicket, { subject: 'Of Alice', body: 'Words.' })).number;
  await merge(at.as('ada'), part, own, { share: true });
  await merge(at.as('ada'), apart, others, { accounts: true });
  const numbers = (text: string) => [...text.matchAll(/\/tickets\/(\d+)\?key/g)].map(([, number]) => Number(number)).sort();
  expect(numbers((await asked(at)).text)).toEqual([own, apart].sort());
  await at.db.update(tickets).set({ status: 'solved' }).where(eq(tickets.number, others));
  expect(numbers((await asked(at)).text)).toEqual([own]);
});

test('twenty at most, those that changed last; what waits to be looked at has its link too, without its words', async () => {
  const at = await world();
  const first = await guestOpens(at.as('visitor'), 'The first');
  const [row] = await at.db.select().from(tickets).where(eq(tickets.number, first));
  await at.db.insert(tickets).values(Array.from({ length: 20 }, (_, i) => ({ ...row!, id: `tkt_more_${i}`, number: 1000 + i, subject: `More ${i}`, updatedAt: new Date(at.now.getTime() + i + 1), rank: undefined, isOpen: undefined })));
  expect(new Set((await asked(at)).text.match(/^Ticket 10\d\d: /gm)).size).toBe(20);
  await at.db.insert(suspendedTickets).values({ id: 'tkt_waits', number: 2000, email: 'waits@far.test', locale: 'en', subject: 'Buy pills', body: 'Pills.', priority: 'normal', causes: [], createdAt: at.now });
  const letter = await asked(at, 'waits@far.test');
  expect(letter.text).toContain(`Ticket 2000: ${url}${mailedLink(SECRET, 2000)}`);
  expect(letter.text + letter.html).not.toContain('pills');
});

test('who can sign in is told to, and who has none that there are none; the answers are one', async () => {
  const at = await world();
  await at.db.update(users).set({ verifiedAt: at.now }).where(eq(users.id, 'usr_alice'));
  const number = await guestOpens(at.as('visitor'), 'By the link', { email: 'alice@example.org' });
  const known = await asked(at, 'alice@example.org', { locale: 'el' });
  expect(known.text).toContain(`${url}/sign-in?next=%2Ftickets`);
  expect([known.subject, known.text.includes('key='), known.text.includes(`/${number}`)]).toEqual(['Sign in to see your tickets', false, false]);
  const none = await asked(at, 'nobody@far.test', { locale: 'el' });
  expect([none.subject, none.text.includes(`${url}/el/tickets/new`)]).toEqual(['Κανένα ανοιχτό αίτημα με αυτή τη διεύθυνση', true]);
});

test('one letter in ten minutes for an address, five a day for one that nobody proved, twenty an hour from a network', async () => {
  const at = await world();
  const ask = (address = email, network = 'unknown') => at.as('visitor').run(askForLinks, { email: address, url, network });
  const count = async (address = email) => (await lettersTo(at, address)).length;
  await ask();
  expect([await ask(), await count()]).toEqual([{}, 1]);
  await later(at, 9);
  expect([await ask(), await count()]).toEqual([{}, 1]);
  for (let i = 0; i < 6; i++) {
    await later(at, 11);
    expect(await ask()).toEqual({});
  }
  expect(await count()).toBe(5);
  for (let i = 0; i < 20; i++) await ask(`one${i}@far.test`, '10.0.0.1');
  await expect(ask('another@far.test', '10.0.0.1')).rejects.toMatchObject({ reason: 'too_many' });
  expect(await at.db.select().from(mails).where(eq(mails.toAddress, 'another@far.test'))).toEqual([]);
});

test('a wrong address names its field', async () => {
  const at = await world();
  await expect(at.as('visitor').run(askForLinks, { email: 'nobody', url })).rejects.toMatchObject({ reason: 'invalid', issues: { email: 'Enter an e-mail address like name@example.com.' } });
});
