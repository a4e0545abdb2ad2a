import { expect, test } from 'vitest';
import { makeFindable } from '../../worker/beside/jobs.ts';
import { besideTicket } from '../../worker/beside/queries.ts';
import { ticketsFindable } from '../../worker/beside/schema.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { keepMacro } from '../../worker/macros/keep.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { asks, merge } from '../joins/support.ts';
import { type Stoa, settingOf, stoa } from '../support/stoa.ts';

/** The clock's work a day later. */
const lookedAgain = (here: Stoa) => makeFindable.work(settingOf({ ...here, now: new Date(here.now.getTime() + 24 * 60 * 60_000) }));

test('beside a ticket stand topics, tickets and macros whose words are much the same, and nothing else', async () => {
  const here = await stoa();
  const { as } = here;
  await as('mara').run(openTopic, { category: 'help', title: 'Calendar reminders arrive late', body: 'Words.' });
  await as('mara').run(openTopic, { category: 'help', title: 'Invoices in euro', body: 'Words.' });
  const like = await asks(as('bob'), 'Reminders of the calendar came late', 'Again.');
  await asks(as('bob'), 'My invoice is wrong', 'Words.');
  const number = await asks(as('alice'), 'Calendar reminder is late', 'Since Monday.');
  await as('ada').run(keepMacro, { name: 'Late reminders', whose: 'all', en: 'Reminders are sent by the time zone of the calendar.' });
  await as('ada').run(keepMacro, { name: 'Refund', whose: 'all', en: 'We refunded your invoice.' });
  await as('ada').run(keepMacro, { name: 'Late reminders of mine', en: 'Reminders and the calendar.' });
  expect((await as('agnes').load(besideTicket(number)))[0]).toEqual([]);
  expect(await makeFindable.work(settingOf(here))).toBe(3);
  expect(await makeFindable.work(settingOf(here))).toBe(0);
  const [found] = await as('agnes').load(besideTicket(number));
  expect(found.map(({ kind, title }) => [kind, title])).toEqual([['topic', 'Calendar reminders arrive late'], ['ticket', 'Reminders of the calendar came late'], ['macro', 'Late reminders']]);
  expect(found[1]).toMatchObject({ at: String(like), status: 'new' });
  for (const name of ['alice', 'bob', 'visitor', 'mara'] as const) expect([name, (await as(name).load(besideTicket(number)))[0]]).toEqual([name, []]);
});

test('three of each at most; of what is merged, changed or gone only what is there now', async () => {
  const here = await stoa();
  const { as } = here;
  const numbers: number[] = [];
  for (let i = 0; i < 6; i++) numbers.push((await as('alice').run(openTicket, { subject: `The printer burns ${i}`, body: 'Help.' })).number);
  const { id } = await as('agnes').run(keepMacro, { name: 'Printers', en: 'Does the printer burn?' });
  await makeFindable.work(settingOf(here));
  expect((await as('agnes').load(besideTicket(numbers[0]!)))[0].filter(({ kind }) => kind === 'ticket')).toHaveLength(3);
  for (const number of numbers.slice(2)) await merge(as('agnes'), number, numbers[1]!);
  expect((await as('agnes').load(besideTicket(numbers[0]!)))[0].map(({ at }) => at)).toEqual([String(numbers[1]), id]);
  await as('agnes').run(keepMacro, { id, name: 'Invoices', en: 'About money.' });
  await lookedAgain(here);
  expect((await as('agnes').load(besideTicket(numbers[0]!)))[0].map(({ kind }) => kind)).toEqual(['ticket']);
  expect((await as('agnes', { scopes: { groups: ['grp_none'] } }).load(besideTicket(numbers[0]!)))[0]).toEqual([]);
});

test('what people write as a subject is never taken for the language of a search', async () => {
  const here = await stoa();
  const { as } = here;
  for (const subject of ['"', '" OR "x', 'NEAR(a b)', '* ^ -', 'title:x', '😀😀😀', 'Η εκτύπωση δεν γίνεται', 'the and of']) {
    const number = await asks(as('alice'), subject.padEnd(3, '.'), '.');
    await makeFindable.work(settingOf(here));
    expect([subject, Array.isArray((await as('agnes').load(besideTicket(number)))[0])]).toEqual([subject, true]);
  }
});

test('whatever its number, and whatever came while it was done, a ticket is found; thousands in one run', async () => {
  const here = await stoa();
  const { as, db, now } = here;
  const newest = await asks(as('alice'), 'Calendar reminder is late', 'Since Monday.');
  await makeFindable.work(settingOf(here));
  const at = now.getTime();
  const row = (id: string, number: number, subject: string) => `insert into tickets (id, number, requester_id, subject, last_message_at, created_at, updated_at) values ('${id}', ${number}, 'usr_bob', '${subject}', ${at}, ${at}, ${at})`;
  await db.$client.batch([row('tkt_old', -5, 'Calendar reminders are late'), `with recursive n (i) as (select 1 union all select i + 1 from n where i < 2300) insert into tickets (id, number, requester_id, subject, last_message_at, created_at, updated_at) select 'tkt_' || i, 1000 + i, 'usr_bob', 'Words ' || i, ${at}, ${at}, ${at} from n`]);
  expect(await makeFindable.work(settingOf(here))).toBe(2301);
  for (let run = 0; run < 5; run++) await lookedAgain(here);
  expect((await as('agnes').load(besideTicket(newest)))[0].map(({ title }) => title)).toEqual(['Calendar reminders are late']);
  await db.$client.execute(`insert into ticket_messages (id, ticket_id, number, author_id, body, created_at) values ('msg_old', 'tkt_old', 1, 'usr_bob', 'Printers of the third floor.', ${at})`);
  expect(await makeFindable.work(settingOf(here))).toBe(1);
  const { rows } = await db.$client.execute("select words from ticket_words where ticket_id = 'tkt_old'");
  expect(JSON.parse(String(rows[0]!['words']))).toContain('printer');
  const raced = { rows: [{ id: 'tkt_old', number: -5, subject: 'Old', text: '', asked: 1 }] };
  await db.$client.batch(['insert into tickets_to_find (ticket_id, asked) values (\'tkt_old\', 2)', ...ticketsFindable(raced.rows)]);
  expect(await makeFindable.work(settingOf(here))).toBe(1);
});

test('what is solved is not looked at again until somebody writes in it', async () => {
  const here = await stoa();
  const { as, db } = here;
  const number = await asks(as('alice'), 'Calendar reminder is late', 'Since Monday.');
  await makeFindable.work(settingOf(here));
  const due = async () => (await db.$client.execute({ sql: 'select due_at from ticket_words where number = ?', args: [number] })).rows[0]!['due_at'];
  expect(Number(await due())).toBe(here.now.getTime() + 24 * 60 * 60_000);
  await as('agnes').run(replyToTicket, { number, body: 'It is mended.', status: 'solved' });
  await lookedAgain(here);
  expect(await due()).toBeNull();
  await as('bob').run(openTopic, { category: 'help', title: 'Calendar reminders arrive late', body: 'Words.' });
  await lookedAgain(here);
  expect((await as('agnes').load(besideTicket(number)))[0]).toEqual([]);
  await as('alice').run(replyToTicket, { number, body: 'It is late again.' });
  await lookedAgain(here);
  expect((await as('agnes').load(besideTicket(number)))[0].map(({ kind }) => kind)).toEqual(['topic']);
});
