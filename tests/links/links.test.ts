import { expect, test } from 'vitest';
import { answerIncidents } from '../../worker/links/answer-once.ts';
import { linkTickets } from '../../worker/links/link.ts';
import { answersOnTheirWay, linksOfTicket, trackersOfTicket } from '../../worker/links/queries.ts';
import { takeBackAnswers } from '../../worker/links/take-back.ts';
import { trackTicket, untrackTicket } from '../../worker/links/track.ts';
import { unlinkTickets } from '../../worker/links/unlink.ts';
import { messagesOfTicket, ticketByNumber } from '../../worker/tickets/queries.ts';
import { sendHeldReplies } from '../../worker/tickets/jobs.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { heldInTicket } from '../../worker/tickets/screen.ts';
import { setUndoTimes } from '../../worker/tickets/set-undo.ts';
import { asks, merge } from '../joins/support.ts';
import { newsroom } from '../notifications/support.ts';
import { settingOf, stoa } from '../support/stoa.ts';
import { told } from '../tickets/support.ts';

test('a link is seen from both sides, by staff only, follows a merge, and goes again', async () => {
  const { as, db } = await stoa();
  const [parent, child, other] = [await asks(as('alice')), await asks(as('alice')), await asks(as('alice'))];
  await as('agnes').run(linkTickets, { number: parent, other: child, as: 'child' });
  await as('agnes').run(linkTickets, { number: child, other: parent, as: 'parent' });
  expect((await as('agnes').load(linksOfTicket(parent)))[0]).toMatchObject([{ kind: 'parent', isOut: true, number: child, isOpen: true }]);
  expect((await as('agnes').load(linksOfTicket(child)))[0]).toMatchObject([{ kind: 'parent', isOut: false, number: parent }]);
  for (const name of ['alice', 'carol', 'bob', 'visitor'] as const) expect((await as(name).load(linksOfTicket(parent)))[0]).toEqual([]);
  await merge(as('agnes'), child, other);
  expect((await as('agnes').load(linksOfTicket(parent)))[0]).toMatchObject([{ number: other }]);
  expect((await as('agnes').load(linksOfTicket(other)))[0]).toMatchObject([{ number: parent }]);
  const free = await asks(as('alice'));
  await as('agnes').run(linkTickets, { number: parent, other: free, as: 'related' });
  await as('agnes').run(unlinkTickets, { number: free, other: parent, kind: 'related' });
  expect((await as('agnes').load(linksOfTicket(free)))[0]).toEqual([]);
  const types = await told(db);
  expect(types).toContain('ticket.linked');
  expect(types.filter((type) => type === 'ticket.unlinked'), 'both tickets tell of it').toHaveLength(2);
});

test('one answer to a problem reaches every open incident, and solves them', async () => {
  const { as, db } = await stoa();
  const problem = await asks(as('alice'), 'The servers burn');
  const incidents = [await asks(as('alice')), await asks(as('bob')), await asks(as('carol'))];
  await expect(as('agnes').run(answerIncidents, { number: problem, body: 'Fixed.' })).rejects.toMatchObject({ reason: 'conflict' });
  for (const other of incidents) await as('agnes').run(linkTickets, { number: problem, other, as: 'incident' });
  expect(await as('agnes').run(answerIncidents, { number: problem, body: 'Fixed.', solve: 'yes' })).toMatchObject({ answered: 3 });
  for (const number of incidents) {
    const [ticket, messages] = await as('agnes').load(ticketByNumber(number), messagesOfTicket(number));
    expect([ticket?.status, messages.length]).toEqual(['solved', 2]);
  }
  expect((await as('bob').load(messagesOfTicket(incidents[0]!)))[0]).toEqual([]);
  expect((await told(db)).filter((type) => type === 'ticket.replied')).toHaveLength(3);
});

/** A problem of Alice's with three incidents, of Alice, Bob, who reads Greek, and Carol. */
async function burning() {
  const here = await newsroom();
  const { as, db, now } = here;
  await db.$client.execute("update users set locale = 'el' where id = 'usr_bob'");
  const problem = await asks(as('alice'), 'The servers burn');
  const incidents = [await asks(as('alice')), await asks(as('bob'), 'Smoke'), await asks(as('carol'))] as const;
  for (const other of incidents) await as('agnes').run(linkTickets, { number: problem, other, as: 'incident' });
  const later = settingOf({ db, now: new Date(now.getTime() + 60_000) });
  const said = async (number: number) => (await as('agnes').load(messagesOfTicket(number)))[0].slice(1).map(({ html }) => html);
  const once = (body: string, more: object = {}) => as('agnes').run(answerIncidents, { number: problem, body, ...more });
  return { ...here, problem, incidents, later, said, once };
}

test('placeholders are filled in for each; strange ones, and those that stay empty, are refused by name and with the tickets', async () => {
  const { as, db, problem, incidents, said, once } = await burning();
  await expect(once('Hi {{requester.age}} of {{firm}}.')).rejects.toMatchObject({ issues: { body: expect.stringMatching(/^There is no placeholder \{\{requester\.age\}\}, \{\{firm\}\} here\. Use only these placeholders: \{\{requester\.name\}\}/) } });
  await db.$client.execute(`update tickets set account_id = null where number in (${incidents[1]}, ${incidents[2]})`);
  await expect(once('Hi {{requester.name}} of {{account.name}}.')).rejects.toMatchObject({ issues: { body: `Nothing is known for {{account.name}} (${incidents[1]}, ${incidents[2]}) here. Leave it out, or answer these on their own.` } });
  expect(await Promise.all(incidents.map(said))).toEqual([[], [], []]);
  await once('Hi {{requester.first_name}}, {{ticket.number}} {{ ticket.subject }} is {{ticket.status}}. {{agent.name}}', { solve: true });
  expect(await said(incidents[0])).toEqual([`<p>Hi alice, ${incidents[0]} The printer burns is Solved. agnes</p>\n`]);
  expect(await said(incidents[1])).toEqual([`<p>Hi bob, ${incidents[1]} Smoke is Λύθηκε. agnes</p>\n`]);
  expect((await as('agnes').load(answersOnTheirWay(problem)))[0]).toEqual([]);
});

test('a look sends nothing, and shows what the first of them gets and how many get it', async () => {
  const { db, incidents, said, once } = await burning();
  const before = await told(db);
  expect(await once('Hi {{requester.name}}.', { look: true, hold: true })).toMatchObject({ answered: 3, first: { number: incidents[0], name: 'alice', locale: 'en', text: 'Hi alice.' } });
  expect([await told(db), await Promise.all(incidents.map(said))]).toEqual([before, [[], [], []]]);
});

test('an answer to all of them waits as any does, nobody outside learns of it before, and then it is sent to each and told with the problem', async () => {
  const { as, db, problem, incidents, later, said, once, deliver, told: toldTo } = await burning();
  await once('Fixed, {{requester.name}}.', { hold: true, solve: true });
  await deliver();
  expect([await Promise.all(incidents.map(said)), await toldTo('bob'), (await as('agnes').load(heldInTicket(incidents[1])))[0].length]).toEqual([[[], [], []], [], 1]);
  expect((await as('ada').load(answersOnTheirWay(problem)))[0]).toMatchObject([{ authorId: 'usr_agnes', authorName: 'agnes', count: 3 }]);
  for (const who of ['alice', 'bob', 'visitor'] as const) expect((await as(who).load(answersOnTheirWay(problem)))[0]).toEqual([]);
  await expect(once('Again.', { hold: true })).rejects.toMatchObject({ reason: 'conflict' });
  expect(await sendHeldReplies.work(later)).toBe(3);
  await deliver();
  expect([await said(incidents[1]), (await as('bob').load(ticketByNumber(incidents[1])))[0]!.status, (await toldTo('bob')).length]).toEqual([['<p>Fixed, bob.</p>\n'], 'solved', 1]);
  const { rows } = await db.$client.execute("select distinct data ->> 'problem' as problem, data ->> 'status' as status from outbox where type = 'ticket.replied'");
  expect(rows.map((row) => [row['problem'], row['status']])).toEqual([[problem, 'solved']]);
});

test('one undo takes all of it back, of whoever sent it alone, and gives the text back as it was written', async () => {
  const { as, db, problem, incidents, later, said, once } = await burning();
  await once('Fixed, {{requester.name}}.', { hold: true, solve: true });
  await expect(as('ada').run(takeBackAnswers, { number: problem })).rejects.toMatchObject({ reason: 'conflict' });
  expect(await as('agnes').run(takeBackAnswers, { number: problem })).toEqual({ number: problem, takenBack: 3, body: 'Fixed, {{requester.name}}.', solve: true });
  await expect(as('agnes').run(takeBackAnswers, { number: problem })).rejects.toMatchObject({ reason: 'conflict' });
  expect([await sendHeldReplies.work(later), await Promise.all(incidents.map(said)), (await db.$client.execute('select 1 from drafts')).rows]).toEqual([0, [[], [], []], []]);
  expect((await told(db)).at(-1)).toBe('ticket.took_back_answers');
  await once('Fixed now.', { hold: true });
  expect(await sendHeldReplies.work(later)).toBe(3);
  await expect(as('agnes').run(takeBackAnswers, { number: problem })).rejects.toMatchObject({ reason: 'conflict' });
  for (const who of ['alice', 'lena'] as const) await expect(as(who).run(takeBackAnswers, { number: problem })).rejects.toMatchObject({ reason: 'forbidden' });
  for (const who of ['bob', 'visitor'] as const) await expect(as(who).run(takeBackAnswers, { number: problem })).rejects.toMatchObject({ reason: 'not_found' });
});

test('while a colleague answers one of them, all wait; where nothing can be taken back it goes out at once', async () => {
  const { as, incidents, said, once } = await burning();
  await as('cleo').run(replyToTicket, { number: incidents[2], body: 'Mine.', hold: true });
  await expect(once('Fixed.')).rejects.toMatchObject({ reason: 'conflict', message: expect.stringMatching(/^An answer to one of these/) });
  expect(await said(incidents[0])).toEqual([]);
  const other = await burning();
  await other.as('ada').run(setUndoTimes, { reply: 0 });
  await other.once('Fixed.', { hold: true });
  expect(await other.said(other.incidents[0])).toEqual(['<p>Fixed.</p>\n']);
});

test('an engineering item is on many tickets, and goes from one', async () => {
  const { as } = await stoa();
  const [one, two] = [await asks(as('alice')), await asks(as('bob'))];
  await as('agnes').run(trackTicket, { number: one, reference: 'ENG-2' });
  for (const number of [one, two]) await as('agnes').run(trackTicket, { number, reference: 'ENG-1', url: 'https://issues.example/1' });
  expect((await as('agnes').load(trackersOfTicket(one)))[0]).toEqual([{ reference: 'ENG-1', url: 'https://issues.example/1', others: 1 }, { reference: 'ENG-2', url: null, others: 0 }]);
  await as('agnes').run(untrackTicket, { number: two, reference: 'ENG-1' });
  expect((await as('agnes').load(trackersOfTicket(one)))[0]).toMatchObject([{ others: 0 }, { others: 0 }]);
  expect((await as('alice').load(trackersOfTicket(one)))[0]).toEqual([]);
});

test('bad input names its field, strangers find nothing, customers and light agents may not', async () => {
  const { as } = await stoa();
  const [one, two] = [await asks(as('alice')), await asks(as('alice'))];
  const field = (name: string) => ({ reason: 'invalid', issues: { [name]: expect.any(String) } });
  await expect(as('agnes').run(linkTickets, { number: one, other: 99, as: 'child' })).rejects.toMatchObject(field('other'));
  await expect(as('agnes').run(linkTickets, { number: one, other: one, as: 'child' })).rejects.toMatchObject(field('other'));
  await expect(as('agnes').run(linkTickets, { number: one, other: two, as: 'cousin' })).rejects.toMatchObject(field('as'));
  await expect(as('agnes').run(trackTicket, { number: one, reference: 'E', url: 'javascript:alert(1)' })).rejects.toMatchObject(field('url'));
  await expect(as('agnes').run(trackTicket, { number: one, reference: ' ' })).rejects.toMatchObject(field('reference'));
  await expect(as('agnes').run(answerIncidents, { number: one, body: '' })).rejects.toMatchObject(field('body'));
  const acts = (name: 'bob' | 'mara' | 'visitor' | 'alice' | 'lena') => [() => as(name).run(linkTickets, { number: one, other: two, as: 'child' }), () => as(name).run(unlinkTickets, { number: one, other: two, kind: 'parent' }), () => as(name).run(trackTicket, { number: one, reference: 'E' }), () => as(name).run(untrackTicket, { number: one, reference: 'E' }), () => as(name).run(answerIncidents, { number: one, body: 'Hello.' })];
  for (const name of ['bob', 'mara', 'visitor'] as const) for (const act of acts(name)) await expect(act()).rejects.toMatchObject({ reason: 'not_found' });
  for (const name of ['alice', 'lena'] as const) for (const act of acts(name)) await expect(act()).rejects.toMatchObject({ reason: 'forbidden' });
});
