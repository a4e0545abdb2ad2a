import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { keepFiles } from '../../worker/attachments/keep.ts';
import { goOnWithBulk } from '../../worker/bulk/go-on.ts';
import { goOnWithBulks } from '../../worker/bulk/jobs.ts';
import { itemsPage, runById, selectionSample } from '../../worker/bulk/queries.ts';
import { Selection } from '../../worker/bulk/input.ts';
import { revertBulk } from '../../worker/bulk/revert.ts';
import { textTo } from '../../worker/bulk/say.ts';
import { startBulk } from '../../worker/bulk/start.ts';
import { keepMacro } from '../../worker/macros/keep.ts';
import { macroById } from '../../worker/macros/queries.ts';
import { keepStatus } from '../../worker/statuses/keep.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { sendHeldReplies } from '../../worker/tickets/jobs.ts';
import { messagesOfTicket, ticketAtDesk } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { heldInTicket } from '../../worker/tickets/screen.ts';
import { setUndoTimes } from '../../worker/tickets/set-undo.ts';
import { conditionOf } from '../../worker/views/input.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';
import { asks } from '../tickets/support.ts';

const chosen = (...ticket: number[]) => ({ condition: conditionOf({}), ticket });

async function done({ as }: Stoa, id: string) {
  for (let left = 1; left > 0; ) ({ left } = await as('agnes').run(goOnWithBulk, { id }));
  const [run, { items }] = await as('agnes').load(runById(id), itemsPage({ limit: 100 }, id));
  return { run, items };
}

/** Three tickets, of Alice, of Bob, who reads Greek, and of Alice, closed; and a macro in both languages, with a file. */
async function world() {
  const it = await stoa();
  const { as, db } = it;
  await db.$client.execute("update users set locale = 'el' where id = 'usr_bob'");
  const numbers = [await asks(as('alice')), await asks(as('bob')), await asks(as('alice'), 'Done')] as const;
  await as('agnes').run(changeTicket, { number: numbers[2], status: 'closed' });
  const file = { id: `att_${'a'.repeat(32)}`, name: 'a.txt', type: 'text/plain', size: 3, width: null, height: null, sha256: 'x' };
  await as('agnes').run(keepFiles, { attachments: [], files: [file] });
  const { id: macro } = await as('agnes').run(keepMacro, { name: 'Fixed', en: '{{requester.name}}: {{ticket.number}} is {{ticket.status}}. {{agent.name}}', el: 'Έτοιμο, {{requester.first_name}}: {{ticket.status}}.', attachments: [file.id] });
  const used = async () => (await as('agnes').load(macroById(macro)))[0]!.used;
  const said = async (who: 'alice' | 'bob', number: number) => (await as(who).load(messagesOfTicket(number)))[0].slice(1).map(({ html, attachments }) => [html, attachments.length]);
  const later = settingOf({ db, now: new Date(it.now.getTime() + 60_000) });
  return { ...it, numbers, macro, used, said, later };
}

test('a text goes to each ticket in its language, filled in, with files, and waits like any answer', async () => {
  const it = await world();
  const { as, numbers, macro, used, said, later } = it;
  const { id } = await as('agnes').run(startBulk, { ...chosen(...numbers), says: macro, status: 'solved', addTags: 'told' });
  const { run, items } = await done(it, id);
  expect(run).toMatchObject({ changed: 2, refused: 1 });
  expect(items.map(({ outcome, why }) => [outcome, why])).toEqual([['changed', null], ['changed', null], ['refused', 'This ticket is closed. Nothing in it can be changed.']]);
  expect([await used(), await said('alice', numbers[0]), (await as('agnes').load(heldInTicket(numbers[0])))[0].length]).toEqual([2, [], 1]);
  expect((await as('agnes').load(ticketAtDesk(numbers[0])))[0]).toMatchObject({ status: 'new', tags: ['told'] });
  expect(await sendHeldReplies.work(later)).toBe(2);
  expect(await said('alice', numbers[0])).toEqual([[`<p>alice: ${numbers[0]} is Solved. agnes</p>\n`, 1]]);
  expect(await said('bob', numbers[1])).toEqual([['<p>Έτοιμο, bob: Λύθηκε.</p>\n', 1]]);
  expect((await as('agnes').load(ticketAtDesk(numbers[0])))[0]).toMatchObject({ status: 'solved', tags: ['told'] });
  await as('agnes').run(revertBulk, { id });
  expect((await done(it, id)).items.map(({ reverted }) => reverted)).toEqual(['kept', 'kept', null]);
  expect(await used()).toBe(2);
});

test('where nothing can be taken back it goes out at once, with files, and the ticket is as it was to be left', async () => {
  const it = await world();
  const { as, db, now, numbers, macro, used, said } = it;
  await as('ada').run(setUndoTimes, { reply: 0 });
  const { id } = await as('agnes').run(startBulk, { ...chosen(numbers[0], numbers[1]), says: macro, status: 'solved', priority: 'high' });
  expect((await done(it, id)).items.map(({ outcome }) => outcome)).toEqual(['changed', 'changed']);
  expect([await said('alice', numbers[0]), await said('bob', numbers[1]), await used()]).toEqual([[[`<p>alice: ${numbers[0]} is Solved. agnes</p>\n`, 1]], [['<p>Έτοιμο, bob: Λύθηκε.</p>\n', 1]], 2]);
  expect((await as('agnes').load(ticketAtDesk(numbers[0])))[0]).toMatchObject({ status: 'solved', priority: 'high' });
  expect(await sendHeldReplies.work(settingOf({ db, now: new Date(now.getTime() + 60_000) }))).toBe(0);
  expect((await db.select().from(outbox).where(eq(outbox.type, 'ticket.replied'))).map(({ data, actorId }) => [actorId, data])).toMatchObject([['usr_agnes', { status: 'solved', from: { status: 'new' } }], ['usr_agnes', { status: 'solved' }]]);
  await as('agnes').run(revertBulk, { id });
  expect((await done(it, id)).items.map(({ reverted }) => reverted)).toEqual(['kept', 'kept']);
});

test('taken back in time nothing goes out, and the macro was not sent', async () => {
  const it = await world();
  const { as, numbers, macro, used, said, later } = it;
  const { id } = await as('agnes').run(startBulk, { ...chosen(numbers[0], numbers[1]), says: macro, priority: 'high' });
  await done(it, id);
  await as('agnes').run(revertBulk, { id });
  expect((await done(it, id)).items.map(({ reverted }) => reverted)).toEqual(['restored', 'restored']);
  expect([await sendHeldReplies.work(later), await said('alice', numbers[0]), await used()]).toEqual([0, [], 0]);
  expect((await as('agnes').load(ticketAtDesk(numbers[0])))[0]).toMatchObject({ priority: 'normal', status: 'new' });
});

test('a colleague’s answer on its way is not crossed, one’s own ticket is not answered, and a note goes into closed ones too', async () => {
  const it = await world();
  const { as, numbers, macro } = it;
  await as('cleo').run(replyToTicket, { number: numbers[0], body: 'Mine.', hold: true });
  const own = await asks(as('agnes'), 'Of an agent');
  const { items } = await done(it, (await as('agnes').run(startBulk, { ...chosen(numbers[0], own), says: macro })).id);
  expect(items.map(({ why }) => why)).toEqual(['A colleague is sending an answer right now.', 'You asked this yourself.']);
  const { id: note } = await as('agnes').run(keepMacro, { name: 'Note', visibility: 'internal', en: 'Seen, {{requester.name}}.' });
  await done(it, (await as('agnes').run(startBulk, { ...chosen(numbers[2]), says: note })).id);
  expect((await as('agnes').load(messagesOfTicket(numbers[2])))[0].at(-1)).toMatchObject({ visibility: 'internal', html: '<p>Seen, alice.</p>\n' });
  expect((await as('alice').load(messagesOfTicket(numbers[2])))[0]).toHaveLength(1);
});

test('what somebody may not say alone they do not say to many; a macro without text, of others, or a status that no answer leaves is refused', async () => {
  const { as, numbers, macro } = await world();
  const start = (more: object, who: 'agnes' | 'lena' = 'agnes', viewer = {}) => as(who, viewer).run(startBulk, { ...chosen(numbers[0]), ...more });
  await expect(start({ says: macro, status: 'closed' })).rejects.toMatchObject({ issues: { status: expect.any(String) } });
  await expect(start({ says: 'mac_none' })).rejects.toMatchObject({ issues: { says: 'This macro has no text to send.' } });
  const { id: wordless } = await as('agnes').run(keepMacro, { name: 'Only does', priority: 'high' });
  await expect(start({ says: wordless })).rejects.toMatchObject({ issues: { says: expect.any(String) } });
  await expect(start({ says: macro }, 'agnes', { permissions: ['tickets.see', 'tickets.change', 'tickets.bulk', 'tickets.note'] })).rejects.toMatchObject({ reason: 'forbidden' });
});

test('by the clock it goes on in the name of who started it; the preview says what the first will read', async () => {
  const it = await world();
  const { as, db, now, numbers, macro, said, later } = it;
  const [sample] = await as('agnes').load(selectionSample(Selection.parse(chosen(numbers[1]))));
  expect(textTo({ texts: { en: 'For {{account.name}}', el: '{{ticket.subject}} {{account.name}} {{ticket.status}}' }, becomes: null }, sample[0]!, 'agnes')).toMatch(/ Olive Το λάβαμε$/);
  await as('agnes').run(startBulk, { ...chosen(numbers[0]), says: macro });
  await goOnWithBulks.work(settingOf({ db, now }));
  await sendHeldReplies.work(later);
  expect(await said('alice', numbers[0])).toEqual([[`<p>alice: ${numbers[0]} is Waiting for you. agnes</p>\n`, 1]]);
});

test('statuses in own words are set in bulk and given back with it, and by a macro', async () => {
  const it = await world();
  const { as, numbers } = it;
  const make = (agentEn: string, category = 'on_hold') => as('ada').run(keepStatus, { category, agentEn, customerEn: `${agentEn}, dear customer`, isActive: 'on' });
  const [{ id: parts }, { id: third }] = [await make('Waits for parts'), await make('Waits for a third')];
  const status = async () => ((({ status: kind, statusId }) => [kind, statusId]) as (t: { status: string; statusId: string | null }) => unknown)((await as('agnes').load(ticketAtDesk(numbers[0])))[0]!);
  await as('agnes').run(changeTicket, { number: numbers[0], status: parts });
  const { id } = await as('agnes').run(startBulk, { ...chosen(numbers[0]), status: third });
  await done(it, id);
  expect(await status()).toEqual(['on_hold', third]);
  await as('agnes').run(revertBulk, { id });
  await done(it, id);
  expect(await status()).toEqual(['on_hold', parts]);
  const plain = await as('agnes').run(startBulk, { ...chosen(numbers[0]), status: 'solved' });
  await done(it, plain.id);
  await as('agnes').run(revertBulk, { id: plain.id });
  await done(it, plain.id);
  expect(await status()).toEqual(['on_hold', parts]);
  await expect(as('agnes').run(startBulk, { ...chosen(numbers[0]), status: 'sts_none' })).rejects.toMatchObject({ issues: { status: expect.any(String) } });
  const { id: macro } = await as('agnes').run(keepMacro, { name: 'Parts', en: 'It is {{ticket.status}}.', status: third });
  expect((await as('agnes').load(macroById(macro)))[0]!.actions).toEqual({ status: third });
  const { id: shut } = await make('Shut', 'closed');
  for (const wrong of ['sts_none', shut]) await expect(as('agnes').run(keepMacro, { name: 'x', status: wrong })).rejects.toMatchObject({ issues: { status: expect.any(String) } });
  await done(it, (await as('agnes').run(startBulk, { ...chosen(numbers[0]), says: macro, status: third })).id);
  await sendHeldReplies.work(it.later);
  expect(await status()).toEqual(['on_hold', third]);
  expect(await it.said('alice', numbers[0])).toEqual([['<p>It is Waits for a third, dear customer.</p>\n', 0]]);
});

test('a ticket for which a place of the text is empty gets none, and says why', async () => {
  const it = await world();
  const { as, numbers, said, later } = it;
  const { id: macro } = await as('agnes').run(keepMacro, { name: 'Of', en: 'To {{account.name}}.', el: 'Προς {{account.name}}.' });
  await it.db.$client.execute(`update tickets set account_id = null where number = ${numbers[1]}`);
  const { id } = await as('agnes').run(startBulk, { ...chosen(numbers[0], numbers[1]), says: macro, addTags: 'told' });
  expect((await done(it, id)).items.map(({ outcome, why }) => [outcome, why])).toEqual([['changed', null], ['refused', 'Nothing is known for {{account.name}} here.']]);
  await sendHeldReplies.work(later);
  expect([await said('alice', numbers[0]), await said('bob', numbers[1])]).toEqual([[['<p>To Acme.</p>\n', 0]], []]);
  expect((await as('agnes').load(ticketAtDesk(numbers[1])))[0]!.tags).toEqual([]);
});
