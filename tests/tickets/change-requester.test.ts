import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { keepTemplate } from '../../worker/mail/keep-template.ts';
import { sendMail } from '../../worker/mail/jobs.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { mailNews } from '../../worker/notifications/jobs.ts';
import { users } from '../../worker/people/schema.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal, type Portal } from '../../worker/platform/portal.ts';
import { keyIn, stillOpens } from '../../worker/tickets/link.ts';
import { changeRequester } from '../../worker/tickets/change-requester.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { copyOnTicket } from '../../worker/tickets/copy.ts';
import { rateTicket } from '../../worker/surveys/rate.ts';
import { questionOfTicket, ratedTicket, ratingOfTicket } from '../../worker/surveys/queries.ts';
import { openInternalTicket } from '../../worker/tickets/open-internal.ts';
import { openTicketFor } from '../../worker/tickets/open-for.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { messagesOfTicket, ticketAtDesk, ticketByNumber, ticketsAsked } from '../../worker/tickets/queries.ts';
import { messagesPage, ticketsPage, wholeTicket } from '../../worker/tickets/records.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { peopleOfTicket } from '../../worker/tickets/screen.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { merge, unmerge } from '../joins/support.ts';
import { newsroom } from '../notifications/support.ts';
import { cast, SECRET, settingOf } from '../support/stoa.ts';
import { asks } from './support.ts';

async function asked() {
  const world = await newsroom();
  const { as, db, now, deliver } = world;
  const number = await asks(as('alice'));
  await as('agnes').run(replyToTicket, { number, body: 'Which printer, okapi?' });
  await as('agnes').run(replyToTicket, { number, body: 'She was cross, canary.', visibility: 'internal' });
  await deliver();
  const give = (requester: string, more: object = {}, by: Portal = as('agnes')) => by.run(changeRequester, { number, requester, ...more });
  const row = async (of = number) => (await db.select().from(tickets).where(eq(tickets.number, of)))[0]!;
  /** Whether it is found, by whichever way one asks. */
  const sees = async (who: Portal, of = number) => {
    const all = await who.load(ticketByNumber(of), wholeTicket(of), messagesOfTicket(of), messagesPage({ limit: 10 }, of), ticketsAsked({ limit: 10 }, 'open', 'mine'), ticketsAsked({ limit: 10 }, 'open', 'copied'), ticketsPage({ limit: 10 }, undefined, 'okapi'), peopleOfTicket(of));
    return /printer burns|okapi|canary|agnes/i.test(JSON.stringify(all));
  };
  /** Whoever holds the link of this round, somebody signed in or nobody. */
  const byLink = (round: number, of = number, who: keyof typeof cast = 'visitor') => openPortal({ db, gate: gateOf(db), viewer: { ...cast[who], guestOf: of }, link: stillOpens(of, { round, isMailed: false }), secret: SECRET, clock: () => now });
  const letters = async () => {
    await deliver();
    await mailNews.work(settingOf({ db, now: new Date(now.getTime() + 60_000) }));
    return (await db.$client.execute('select to_address, subject, text, locale from mails order by rowid')).rows;
  };
  return { ...world, number, give, row, sees, byLink, letters };
}

test('somebody else asks it from then on: they read what customers read, it is of their account, and letters go to them; who asked it finds it nowhere', async () => {
  const { as, number, give, row, sees, told, unseen, letters } = await asked();
  expect([await sees(as('alice')), await sees(as('bob')), await sees(as('carol'))]).toEqual([true, false, true]);
  expect([await told('alice'), await unseen('alice')]).toEqual([[['answered', 'The printer burns', 2]], 1]);
  expect(await give('Bob@example.org')).toEqual({ number });
  expect(await row()).toMatchObject({ requesterId: 'usr_bob', accountId: 'acc_olive', linkRound: 1 });
  expect([await sees(as('alice')), await sees(as('bob')), await sees(as('carol'))]).toEqual([false, true, false]);
  const [messages] = await as('bob').load(messagesOfTicket(number));
  expect([messages.map(({ author }) => author.name), JSON.stringify(messages).includes('canary')]).toEqual([['alice', 'agnes'], false]);
  expect([await told('alice'), await unseen('alice')]).toEqual([[], 0]);
  await as('agnes').run(replyToTicket, { number, body: 'Try this.' });
  expect((await letters()).map((letter) => letter['to_address'])).toEqual(['bob@example.org']);
  await as('bob').run(replyToTicket, { number, body: 'It works.' });
  await expect(as('alice').run(replyToTicket, { number, body: 'And I?' })).rejects.toMatchObject({ reason: 'not_found' });
});

test('who asked it can stay copied, and who is to ask it is copied no more', async () => {
  const { as, number, give, sees, letters } = await asked();
  await as('agnes').run(copyOnTicket, { number, email: 'bob@example.org' });
  await give('bob@example.org', { keep: 'on' });
  expect((await as('agnes').load(peopleOfTicket(number)))[0]).toMatchObject([{ id: 'usr_alice', role: 'cc', address: 'alice@example.org' }]);
  expect(await sees(as('alice'))).toBe(true);
  await as('agnes').run(replyToTicket, { number, body: 'Try this.' });
  expect((await letters()).map((letter) => letter['to_address']).sort()).toEqual(['alice@example.org', 'bob@example.org']);
  await give('mara@example.org');
  expect([await sees(as('bob')), await sees(as('alice'))]).toEqual([false, true]);
  for (let i = 0; i < 9; i++) await as('agnes').run(copyOnTicket, { number, email: `p${i}@far.example` });
  await expect(give('bob@example.org', { keep: true })).rejects.toMatchObject({ reason: 'conflict', message: 'Ten people are copied on this ticket. Remove one first.' });
  await give('alice@example.org', { keep: true });
  expect((await as('agnes').load(peopleOfTicket(number)))[0].map(({ id }) => id)).not.toContain('usr_alice');
});

test('the links of who asked it before open it no more, signed in or not; somebody new gets one that does', async () => {
  const { db, as, number, give, sees, byLink, letters } = await asked();
  expect(await sees(byLink(0))).toBe(true);
  await give('K.Pappas@far.test', { name: 'Κώστας Παππάς', locale: 'el' });
  expect((await db.select().from(users)).find(({ email }) => email === 'k.pappas@far.test')).toMatchObject({ name: 'Κώστας Παππάς', locale: 'el', passwordHash: null });
  for (const holder of [byLink(0), byLink(0, number, 'alice'), byLink(2)]) {
    expect(await sees(holder)).toBe(false);
    await expect(holder.run(replyToTicket, { number, body: 'By the link.' })).rejects.toMatchObject({ reason: 'not_found' });
  }
  await as('agnes').run(replyToTicket, { number, body: 'Try this.' });
  const [letter] = (await letters()).slice(-1);
  const key = new RegExp(`/el/tickets/${number}\\?key=([\\w.-]+)`).exec(String(letter!['text']))![1]!;
  expect([letter!['to_address'], keyIn(SECRET, number, key)]).toEqual(['k.pappas@far.test', { round: 1, isMailed: true }]);
  const { round } = await byLink(1).run(replyToTicket, { number, body: 'By the new link.' });
  expect([await sees(byLink(1)), round]).toEqual([true, 1]);
  for (const bad of ['', key.slice(0, -2), `${key.slice(0, -1)}2`, `${key}0`, `x${key}`, key.replace('.', '.0')]) expect([bad, keyIn(SECRET, number, bad)]).toEqual([bad, undefined]);
  expect(keyIn(SECRET, number + 1, key)).toBeUndefined();
});

test('they are told at once that it is theirs, once, and nobody else is; of what was said nothing is in it', async () => {
  const { db, number, give, letters, told, unseen } = await asked();
  await db.$client.execute("update users set verified_at = 1 where id in ('usr_bob', 'usr_mara')");
  await letters();
  const before = (await letters()).length;
  await give('bob@example.org', { keep: true });
  const [letter, ...others] = (await letters()).slice(before);
  expect([letter!['to_address'], letter!['subject'], others]).toEqual(['bob@example.org', 'A ticket is yours now: “The printer burns”', []]);
  expect(letter!['text']).toMatch(new RegExp(`Ticket ${number} is yours from now on\\.[\\s\\S]*/tickets/${number}\\n`));
  expect(String(letter!['text'])).not.toMatch(/okapi|canary|cross|tickets\/\d+\?key=/);
  expect([await told('bob'), await unseen('bob')]).toEqual([[['handed', 'The printer burns', null]], 1]);
  const yours = async () => (await letters()).filter(({ subject }) => String(subject).startsWith('A ticket is yours now')).map((one) => one['to_address']);
  await db.$client.execute("update outbox set delivered_at = null where type = 'ticket.requester_changed'");
  expect(await yours()).toEqual(['bob@example.org']);
  await expect(give('agnes@example.org')).rejects.toMatchObject({ reason: 'invalid' });
  await give('mara@example.org', { keep: true });
  expect(await yours()).toEqual(['bob@example.org', 'mara@example.org']);
  await give('bob@example.org');
  expect(await yours()).toEqual(['bob@example.org', 'mara@example.org', 'bob@example.org']);
  expect(await letters()).toHaveLength(before + 3);
});

test('where it became theirs and went on to somebody else before the letter left, only the last is told', async () => {
  const { number, give, deliver, letters, told } = await asked();
  await letters();
  await give('bob@example.org');
  await deliver();
  expect(await told('bob')).toEqual([['handed', 'The printer burns', null]]);
  await give('mara@example.org', { keep: true });
  const sent = (await letters()).filter((letter) => String(letter['subject']).startsWith('A ticket is yours now'));
  expect(sent.map((letter) => [letter['to_address'], String(letter['text']).includes(`/tickets/${number}`)])).toEqual([['mara@example.org', true]]);
});

test('who has no account reads it in their language, with the link that opens it; in the words that the workspace chose, where it did', async () => {
  const { as, db, number, give, letters, byLink, sees, now } = await asked();
  await as('ada').run(keepTemplate, { event: 'news.handed', locale: 'en', subject: '[{{ticket.number}}] for you', text: 'Look.\n\n{{text}}' });
  await give('k.pappas@far.test', { locale: 'el' });
  const greek = (await letters()).find((letter) => letter['to_address'] === 'k.pappas@far.test')!;
  const key = new RegExp(`/el/tickets/${number}\\?key=([\\w.-]+)`).exec(String(greek['text']))![1]!;
  expect([greek['locale'], greek['subject'], keyIn(SECRET, number, key), await sees(byLink(1))]).toEqual(['el', 'Ένα αίτημα είναι πλέον δικό σας: «The printer burns»', { round: 1, isMailed: true }, true]);
  expect(greek['text']).toMatch(/στο εξής δικό σας[\s\S]*Όποιος έχει τον σύνδεσμο/);
  await give('p@far.test', { locale: 'en' });
  await letters();
  await sendMail.work({ ...settingOf({ db, now: new Date(now.getTime() + 60_000) }) });
  const own = (await letters()).find((letter) => letter['to_address'] === 'p@far.test')!;
  expect([own['subject'], String(own['text']).includes('share it with care'), String(own['text']).includes('.m2')]).toEqual([`[${number}] for you`, true, true]);
});

test('nor do the links of their tickets that became part of it, but for those that stay theirs', async () => {
  const { as, number, give, sees, byLink } = await asked();
  const [own, other] = [await asks(as('alice'), 'The printer burns again'), await asks(as('bob'), 'My printer burns')];
  await merge(as('agnes'), own, number);
  await merge(as('agnes'), other, number, { share: true, accounts: true }).catch(() => merge(as('ada'), other, number, { share: true, accounts: true }));
  expect([await sees(byLink(0, own), own), await sees(byLink(0, other), other), await sees(as('alice'), own)]).toEqual([true, true, true]);
  await expect(as('agnes').run(changeRequester, { number: own, requester: 'mara@example.org' })).rejects.toMatchObject({ reason: 'conflict', message: 'This ticket is part of another. Change the requester of that one.' });
  await give('mara@example.org');
  expect([await sees(byLink(0, own), own), await sees(byLink(0, other), other), await sees(as('alice'), own), await sees(as('bob'), other)]).toEqual([false, true, false, true]);
  await give('alice@example.org');
  await give('bob@example.org');
  await give('mara@example.org');
  expect([await sees(as('bob'), other), await sees(byLink(0, other), other)]).toEqual([false, false]);
  await unmerge(as('agnes'), own);
  expect((await as('alice').load(ticketByNumber(own), ticketByNumber(number))).map((one) => one?.number)).toEqual([own, undefined]);
});

test('how it went said whoever asked it then: the next reads nothing of that, and does not say it anew', async () => {
  const { as, number, give, byLink } = await asked();
  await as('agnes').run(replyToTicket, { number, body: 'Try this.', status: 'solved' });
  await as('alice').run(rateTicket, { number, score: 2, comment: 'A week, quagga!' });
  await give('k.pappas@far.test');
  const said = async (who: Portal) => JSON.stringify(await who.load(ratingOfTicket(number), ratedTicket(number))).includes('quagga');
  expect([await said(as('agnes')), await said(byLink(1)), await said(byLink(0))]).toEqual([true, false, false]);
  await expect(byLink(1).run(rateTicket, { number, score: 5 })).rejects.toMatchObject({ reason: 'conflict', message: 'Who asked this before you has rated it. Write in the ticket instead.' });
  expect((await byLink(1).load(questionOfTicket(number), ratedTicket(number))).map((one) => one?.isRated)).toEqual([true, true]);
});

test('it is decided on what was on the screen, and of two at once one is told', async () => {
  const { as, db, number, give, row } = await asked();
  await as('ada').run(changeTicket, { number, subject: 'The printer burnt down' });
  await expect(give('bob@example.org', { revision: '1' })).rejects.toMatchObject({ reason: 'conflict', message: 'Someone changed this a moment ago. Look again, then decide.' });
  const { revision } = (await as('agnes').load(ticketAtDesk(number)))[0]!;
  const results = await Promise.allSettled([give('bob@example.org', { revision }), give('mara@example.org', { revision }, as('ada'))]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await row()).linkRound).toBe(1);
  expect((await db.$client.execute("select count(*) as n from outbox where type = 'ticket.requester_changed'")).rows[0]!['n']).toBe(1);
});

test('history names both, and for whom it was opened then', async () => {
  const { as } = await asked();
  const { number } = await as('agnes').run(openTicketFor, { requester: 'bob@example.org', subject: 'He called', body: 'It stops.' });
  await as('agnes').run(changeRequester, { number, requester: 'new.person@far.test' });
  const [[opened, changed]] = await as('lena').load(historyOfTicket(number));
  expect(opened!.names).toMatchObject({ usr_bob: 'bob' });
  const { from, to } = changed!.data as Record<'from' | 'to', { requesterId: string }>;
  expect([changed!.actorId, changed!.names[from.requesterId], changed!.names[to.requesterId]]).toEqual(['usr_agnes', 'bob', 'New Person']);
});

test('what a colleague asked for somebody becomes theirs; colleagues never ask it, nor who is suspended or erased', async () => {
  const { as, db, give, row } = await asked();
  const { number } = await as('cleo').run(openTicket, { subject: 'For a customer', body: 'They called.' });
  await expect(as('agnes').run(changeRequester, { number, requester: 'bob@example.org', keep: true })).rejects.toMatchObject({ issues: { keep: 'They work here, and are not copied. They can watch the ticket.' } });
  await as('agnes').run(changeRequester, { number, requester: 'bob@example.org' });
  expect(await row(number)).toMatchObject({ requesterId: 'usr_bob', accountId: 'acc_olive' });
  await db.$client.batch(["update users set suspended_at = 1 where id = 'usr_bob'", "insert into users (id, email, name, handle, created_at, anonymised_at) values ('usr_gone', 'former-1@erased.invalid', 'Former member', 'former-1', 0, 1)"]);
  const refused = { 'lena@example.org': 'They work here. A ticket of a customer is never theirs.', 'bob@example.org': 'This person is suspended. No ticket can be theirs.', 'former-1@erased.invalid': 'This person was erased. No ticket can be theirs.', 'alice@example.org': 'They ask this already.' };
  for (const [requester, sentence] of Object.entries(refused)) await expect(give(requester)).rejects.toMatchObject({ reason: 'invalid', issues: { requester: sentence } });
  expect(await row()).toMatchObject({ requesterId: 'usr_alice', linkRound: 0 });
});

test('it is for those who answer tickets, of tickets that they see; not of closed ones, nor of those among staff', async () => {
  const { as, number, give } = await asked();
  for (const name of ['alice', 'carol', 'lena'] as const) await expect(give('bob@example.org', {}, as(name))).rejects.toMatchObject({ reason: 'forbidden' });
  for (const name of ['bob', 'mara', 'visitor'] as const) await expect(give('bob@example.org', {}, as(name))).rejects.toMatchObject({ reason: 'not_found' });
  await expect(give('bob@example.org', {}, as('agnes', { scopes: { groups: ['grp_1'] } }))).rejects.toMatchObject({ reason: 'not_found' });
  await expect(give('nowhere', { name: 'x'.repeat(81), locale: 'fr', revision: 'x' })).rejects.toMatchObject({ issues: { requester: expect.any(String), name: expect.any(String), locale: expect.any(String), revision: expect.any(String) } });
  const inner = await as('agnes').run(openInternalTicket, { subject: 'Inner', body: 'Words' });
  await expect(as('agnes').run(changeRequester, { number: inner.number, requester: 'bob@example.org' })).rejects.toMatchObject({ reason: 'conflict', message: 'This ticket is among staff. No customer asks it.' });
  await as('agnes').run(changeTicket, { number, status: 'closed' });
  await expect(give('bob@example.org')).rejects.toMatchObject({ reason: 'conflict', message: 'This ticket is closed. Nothing in it can be changed.' });
});
