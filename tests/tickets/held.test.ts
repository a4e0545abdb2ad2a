import { expect, test } from 'vitest';
import { lineOf } from '../../src/forms/history.ts';
import { draftsOfTicket } from '../../worker/drafts/queries.ts';
import { saveAnswer } from '../../worker/drafts/save-answer.ts';
import { historyOfTicket, historyPage } from '../../worker/history/queries.ts';
import { mergeTickets } from '../../worker/joins/merge.ts';
import { keepStatus } from '../../worker/statuses/keep.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { sendHeldReplies } from '../../worker/tickets/jobs.ts';
import { messagesOfTicket, ticketAtDesk, ticketByNumber } from '../../worker/tickets/queries.ts';
import { messagesPage } from '../../worker/tickets/records.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { heldInTicket } from '../../worker/tickets/screen.ts';
import { sendHeld } from '../../worker/tickets/send.ts';
import { setUndoTimes } from '../../worker/tickets/set-undo.ts';
import { undoReply } from '../../worker/tickets/undo.ts';
import { newsroom } from '../notifications/support.ts';
import { settingOf, type Stoa } from '../support/stoa.ts';
import { asks } from './support.ts';

async function room() {
  const world = await newsroom();
  return { ...world, later: (seconds: number) => settingOf({ db: world.db, now: new Date(world.now.getTime() + seconds * 1000) }) };
}

async function held(more: object = {}) {
  const world = await room();
  const number = await asks(world.as('alice'));
  const { id } = await world.as('agnes').run(replyToTicket, { number, body: 'Use the extinguisher.', hold: true, ...more });
  return { ...world, number, id };
}

/** What the history of a ticket says, in the order in which it happened, though the clock stands still: who, what, and what of it. */
async function saidOf(as: Stoa['as'], number: number): Promise<string[]> {
  const [{ items }, happened] = await as('agnes').load(historyPage({ limit: 50 }, number, {}), historyOfTicket(number));
  return happened.map(({ id }) => lineOf('en', 'UTC', items.find((entry) => entry.id === id)!).slice(2).join(' | '));
}

test('an answer that is held is nowhere but at the desk, until its time is over', async () => {
  const { as, db, number, id, later, deliver, told } = await held();
  await deliver();
  expect((await as('agnes').load(heldInTicket(number)))[0]).toMatchObject([{ id, body: 'Use the extinguisher.', authorName: 'agnes' }]);
  for (const who of ['alice', 'carol', 'bob', 'visitor'] as const) expect((await as(who).load(heldInTicket(number)))[0]).toEqual([]);
  const [ticket, messages] = await as('alice').load(ticketByNumber(number), messagesOfTicket(number));
  expect([ticket!.status, messages.length]).toEqual(['new', 1]);
  expect((await as('agnes').load(messagesPage({ limit: 10 }, number)))[0].items).toHaveLength(1);
  expect(await told('alice')).toEqual([]);
  const tables = ['ticket_messages', 'feedback', 'search_documents', 'outbox', 'notifications', 'mails'];
  for (const table of tables) expect([table, JSON.stringify((await db.$client.execute(`select * from ${table}`)).rows).includes('extinguisher')]).toEqual([table, false]);

  expect(await sendHeldReplies.work(later(14))).toBe(0);
  expect(await sendHeldReplies.work(later(16))).toBe(1);
  expect(await sendHeldReplies.work(later(17))).toBe(0);
  await deliver();
  expect((await as('alice').load(messagesOfTicket(number)))[0].map(({ id: one }) => one)).toContain(id);
  expect((await as('alice').load(ticketByNumber(number)))[0]!.status).toBe('pending');
  expect(await told('alice')).toEqual([['answered', 'The printer burns', 2]]);
});

test('what one sent oneself crosses nothing of one’s own; it does cross what others write', async () => {
  const { as, number, later } = await held();
  expect(await sendHeldReplies.work(later(16))).toBe(1);
  await as('agnes').run(replyToTicket, { number, body: 'And then call us.', hold: true, seen: 1 });
  expect(await sendHeldReplies.work(later(60))).toBe(1);
  await as('agnes').run(replyToTicket, { number, visibility: 'internal', body: 'She was calm.', seen: 1 });
  expect((await as('agnes').load(messagesOfTicket(number)))[0]).toHaveLength(4);
  await expect(as('ada').run(replyToTicket, { number, body: 'I answer too.', seen: 1 })).rejects.toMatchObject({ reason: 'conflict' });
  await as('alice').run(replyToTicket, { number, body: 'It burns on.' });
  await expect(as('agnes').run(replyToTicket, { number, body: 'Are you safe?', seen: 4 })).rejects.toMatchObject({ reason: 'conflict' });
  await as('agnes').run(replyToTicket, { number, body: 'Are you safe?', seen: 5 });
});

test('undo brings it back as a draft, below what was written since, and nobody outside learns of it', async () => {
  const { as, number, id, later, deliver, told } = await held({ status: 'solved' });
  await as('agnes').run(saveAnswer, { number, body: 'And another thing.' });
  await as('agnes').run(undoReply, { number, id });
  expect((await as('agnes').load(draftsOfTicket(number)))[0]).toMatchObject([{ body: 'And another thing.\n\nUse the extinguisher.', status: '' }]);
  expect((await as('agnes').load(heldInTicket(number)))[0]).toEqual([]);
  expect(await sendHeldReplies.work(later(60))).toBe(0);
  await deliver();
  expect(await told('alice')).toEqual([]);
  await expect(as('agnes').run(undoReply, { number, id })).rejects.toMatchObject({ reason: 'conflict' });
});

test('whoever wrote it sends it at once or takes it back, nobody else; sent twice it is one message', async () => {
  const { as, number, id, deliver, told } = await held();
  for (const who of ['cleo', 'ada'] as const) await expect(as(who).run(undoReply, { number, id })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('bob').run(sendHeld, { number, id })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(undoReply, { number, id })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(sendHeld, { number, id })).rejects.toMatchObject({ reason: 'not_found' });
  await as('agnes').run(sendHeld, { number, id });
  await expect(as('agnes').run(sendHeld, { number, id })).rejects.toMatchObject({ reason: 'conflict' });
  await deliver();
  expect((await as('alice').load(messagesOfTicket(number)))[0]).toHaveLength(2);
  expect(await told('alice')).toEqual([['answered', 'The printer burns', 2]]);
});

test('a status that was set meanwhile stays, and the log says nothing of another', async () => {
  const { as, number, later } = await held({ status: 'solved' });
  await as('cleo').run(changeTicket, { number, status: 'on_hold' });
  await sendHeldReplies.work(later(20));
  expect((await as('alice').load(ticketByNumber(number)))[0]!.status).toBe('on_hold');
  expect((await saidOf(as, number)).filter((line) => line.includes('agnes | Answered'))).toEqual(['agnes | Answered in a ticket | ']);
});

test.each(['alice', 'carol', 'cleo'] as const)('an answer that would cross what %s wrote meanwhile is not sent: it is a draft again, and its writer is told', async (who) => {
  const { as, number, id, later, deliver, told } = await held({ status: 'solved' });
  const { id: word } = await as(who).run(replyToTicket, { number, body: 'It still burns.', ...(who === 'cleo' ? { visibility: 'internal' } : {}) });
  expect((await as('agnes').load(heldInTicket(number)))[0]).toMatchObject([{ id, crossed: who }]);
  expect(await sendHeldReplies.work(later(20))).toBe(1);
  await deliver();
  const [ticket, messages] = await as('agnes').load(ticketByNumber(number), messagesOfTicket(number));
  expect([ticket!.status, messages.map((one) => one.number)]).toEqual(['new', [1, 2]]);
  expect((await as('agnes').load(draftsOfTicket(number)))[0]).toMatchObject([{ body: 'Use the extinguisher.', status: 'solved', crossed: { id: word, name: who } }]);
  expect(await told('agnes')).toContainEqual(['unsent', 'The printer burns', 2]);
  expect(await told('alice')).toEqual(who === 'carol' ? [['answered', 'The printer burns', 2]] : []);
  expect((await saidOf(as, number)).at(-1)).toBe(`The workspace | Did not send an answer, since somebody wrote meanwhile | whose: agnes; wrote meanwhile: ${who}`);
  expect(await sendHeldReplies.work(later(60))).toBe(0);
  await as('agnes').run(replyToTicket, { number, body: 'Use the extinguisher.', seen: 2 });
  expect((await as('agnes').load(draftsOfTicket(number)))[0]).toEqual([]);
});

test('whoever has read what came meanwhile sends it nevertheless; who has not is told, and it waits still', async () => {
  const { as, number, id, deliver, told } = await held({ status: 'solved' });
  await as('alice').run(replyToTicket, { number, body: 'It still burns.' });
  await expect(as('agnes').run(sendHeld, { number, id, seen: 1 })).rejects.toMatchObject({ reason: 'conflict', message: 'A new message came meanwhile. Read it, then send yours nevertheless, or take it back.' });
  expect((await as('agnes').load(heldInTicket(number)))[0]).toHaveLength(1);
  await as('agnes').run(sendHeld, { number, id, seen: 2 });
  await deliver();
  expect((await as('alice').load(messagesOfTicket(number)))[0].map(({ number: one }) => one)).toEqual([1, 2, 3]);
  expect(await told('alice')).toEqual([['answered', 'The printer burns', 3]]);
});

test('what one wrote oneself, and a note, cross nothing; as its page sends it when its time is over, it is checked too', async () => {
  const { as, number, id } = await held();
  await as('agnes').run(replyToTicket, { number, body: 'A note of mine.', visibility: 'internal' });
  await as('agnes').run(sendHeld, { number, id });
  const note = await as('agnes').run(replyToTicket, { number, body: 'Another.', visibility: 'internal', hold: true });
  await as('alice').run(replyToTicket, { number, body: 'Thanks.' });
  await as('agnes').run(sendHeld, { number, id: note.id });
  expect((await as('agnes').load(messagesOfTicket(number)))[0]).toHaveLength(5);
  const again = await as('agnes').run(replyToTicket, { number, body: 'Welcome.', hold: true });
  await as('alice').run(replyToTicket, { number, body: 'Once more.' });
  await as('agnes').run(sendHeld, { number, id: again.id });
  expect((await as('agnes').load(messagesOfTicket(number)))[0]).toHaveLength(6);
  expect((await as('agnes').load(draftsOfTicket(number)))[0]).toMatchObject([{ body: 'Welcome.', crossed: { name: 'alice' } }]);
});

test('the log tells which status an answer found and left, as it was when that went out', async () => {
  const { as, number, later } = await held({ status: 'solved' });
  await as('cleo').run(changeTicket, { number, priority: 'high' });
  await sendHeldReplies.work(later(20));
  expect((await saidOf(as, number)).at(-1)).toBe('agnes | Answered in a ticket | status: New → Solved');
  await as('alice').run(replyToTicket, { number, body: 'It burns again.' });
  const { id } = await as('agnes').run(replyToTicket, { number, body: 'Water!', hold: true });
  await as('agnes').run(sendHeld, { number, id, seen: 3 });
  await as('agnes').run(replyToTicket, { number, body: 'More water!', hold: true });
  await sendHeldReplies.work(later(60));
  expect((await saidOf(as, number)).slice(-3)).toEqual(['alice | Answered in a ticket | status: Solved → Open', 'agnes | Answered in a ticket | status: Open → Pending', 'agnes | Answered in a ticket | status: Pending']);
});

test('a status in own words is named as it was and as it is', async () => {
  const { as, later } = await room();
  const { id: parts } = await as('ada').run(keepStatus, { category: 'pending', agentEn: 'Waiting for parts', agentEl: 'Αναμονή', customerEn: 'We ordered', isActive: true });
  const number = await asks(as('alice'));
  for (const [hold, status] of [[true, parts], [true, 'pending'], [false, parts], [false, 'pending']] as const) {
    await as('agnes').run(replyToTicket, { number, body: 'Words.', hold, status });
    await sendHeldReplies.work(later(60));
  }
  const own = ['status: Waiting for parts → Pending', 'status: Pending → Waiting for parts'];
  expect((await saidOf(as, number)).filter((line) => line.includes('Answered')).map((line) => line.split(' | ')[2])).toEqual(['status: New → Waiting for parts', own[0], own[1], own[0]]);
});

test('in a ticket that was closed meanwhile nothing is sent and nothing is lost', async () => {
  const { as, number, later } = await held();
  await as('cleo').run(changeTicket, { number, status: 'closed' });
  await sendHeldReplies.work(later(20));
  expect((await as('alice').load(messagesOfTicket(number)))[0]).toHaveLength(1);
  expect((await as('agnes').load(draftsOfTicket(number)))[0]).toMatchObject([{ body: 'Use the extinguisher.' }]);
});

test('in a ticket that was merged meanwhile it is a draft again, where its writer goes on', async () => {
  const { as, number, later } = await held();
  const other = await asks(as('bob'), 'Another');
  await as('agnes').run(replyToTicket, { number, body: 'A note.', visibility: 'internal', hold: true });
  await as('cleo').run(mergeTickets, { into: other, number, accounts: true });
  await sendHeldReplies.work(later(20));
  expect((await as('agnes').load(messagesOfTicket(other)))[0]).toHaveLength(2);
  const [drafts] = await as('agnes').load(draftsOfTicket(other));
  expect([drafts.length, ...['Use the extinguisher.', 'A note.'].map((one) => drafts[0]!.body.includes(one))]).toEqual([1, true, true]);
});

test('of two answers at once the second is refused; where the time is nought nothing is held', async () => {
  const { as, number } = await held();
  await expect(as('cleo').run(replyToTicket, { number, body: 'Water!', hold: true })).rejects.toMatchObject({ reason: 'conflict' });
  await as('ada').run(setUndoTimes, { reply: 0 });
  const other = await asks(as('bob'), 'Another');
  await as('cleo').run(replyToTicket, { number: other, body: 'At once.', hold: true });
  expect((await as('bob').load(messagesOfTicket(other)))[0]).toHaveLength(2);
  for (const reply of [90, -1, 1.5, 'soon', '']) await expect(as('ada').run(setUndoTimes, { reply })).rejects.toMatchObject({ issues: { reply: 'Write a whole number from 0 to 60.' } });
  await expect(as('agnes').run(setUndoTimes, { reply: 9 })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(setUndoTimes, { reply: 9 })).rejects.toMatchObject({ reason: 'signed_out' });
});

test('one undo takes back the answer and what a macro changed with it, but for what somebody decided since', async () => {
  const { as } = await newsroom();
  const number = await asks(as('alice'));
  const fields = async () => {
    const { priority, tags, assigneeId } = (await as('ada').load(ticketAtDesk(number)))[0]!;
    return { priority, tags, assigneeId };
  };
  const before = await fields();
  const sent = await as('agnes').run(replyToTicket, { number, body: 'An answer.', hold: true, priority: 'urgent', assignee: 'me', tags: 'printer, fire' });
  expect(await fields()).toEqual({ priority: 'urgent', tags: ['printer', 'fire'], assigneeId: 'usr_agnes' });
  await as('agnes').run(undoReply, { number, id: sent.id });
  expect(await fields()).toEqual(before);

  const again = await as('agnes').run(replyToTicket, { number, body: 'An answer.', hold: true, priority: 'urgent', assignee: 'me' });
  await as('ada').run(changeTicket, { number, priority: 'low' });
  await as('agnes').run(undoReply, { number, id: again.id });
  expect(await fields()).toEqual({ ...before, priority: 'low' });
});

test('a note waits as long as notes wait, tells nobody whom it mentions before, and stops no answer', async () => {
  const { as, number, later, deliver, told } = await held({ visibility: 'internal', body: 'Look at this, @cleo.' });
  await deliver();
  expect((await as('cleo').load(heldInTicket(number)))[0]).toMatchObject([{ visibility: 'internal', body: 'Look at this, @cleo.' }]);
  expect((await as('alice').load(heldInTicket(number)))[0]).toEqual([]);
  expect(await told('cleo')).toEqual([]);
  await as('cleo').run(replyToTicket, { number, body: 'Water!' });
  await as('cleo').run(changeTicket, { number, status: 'closed' });
  expect(await sendHeldReplies.work(later(16))).toBe(1);
  await deliver();
  expect((await as('agnes').load(messagesOfTicket(number)))[0].map(({ visibility }) => visibility)).toEqual(['public', 'public', 'internal']);
  expect((await as('alice').load(ticketByNumber(number), messagesOfTicket(number)))[1]).toHaveLength(2);
  expect((await as('agnes').load(ticketAtDesk(number)))[0]!.status).toBe('closed');
  expect((await told('cleo')).map(([why]) => why)).toContain('mentioned');
});

test('each channel has its own time; a note that is taken back is a note again, and sent now it is one at once', async () => {
  const { as, db } = await newsroom();
  const number = await asks(as('alice'));
  await as('ada').run(setUndoTimes, { reply: 0, note: 30 });
  await as('agnes').run(replyToTicket, { number, body: 'At once.', hold: true });
  const { id } = await as('agnes').run(replyToTicket, { number, body: 'Later.', visibility: 'internal', hold: true });
  expect((await db.$client.execute('select release_at from held_replies')).rows).toHaveLength(1);
  await as('agnes').run(undoReply, { number, id });
  expect((await as('agnes').load(draftsOfTicket(number)))[0]).toMatchObject([{ body: 'Later.', visibility: 'internal' }]);
  const again = await as('agnes').run(replyToTicket, { number, body: 'Later.', visibility: 'internal', hold: true });
  await as('agnes').run(sendHeld, { number, id: again.id });
  await as('ada').run(setUndoTimes, { note: 0 });
  await as('agnes').run(replyToTicket, { number, body: 'And this.', visibility: 'internal', hold: true });
  expect((await as('agnes').load(messagesOfTicket(number)))[0].map(({ visibility }) => visibility)).toEqual(['public', 'public', 'internal', 'internal']);
});
