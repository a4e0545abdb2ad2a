import { expect, test } from 'vitest';
import { auditLog } from '../../worker/audit/queries.ts';
import { attachmentById } from '../../worker/attachments/queries.ts';
import { sweepFiles } from '../../worker/attachments/jobs.ts';
import { historyPage } from '../../worker/history/queries.ts';
import { users } from '../../worker/people/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { decideSuspended } from '../../worker/suspended/decide.ts';
import { tidySuspended } from '../../worker/suspended/jobs.ts';
import { suspendedByNumber, suspendedCount } from '../../worker/suspended/queries.ts';
import { messagesOfTicket, ticketByNumber, ticketsAsked } from '../../worker/tickets/queries.ts';
import { messagesPage, ticketsPage, wholeTicket } from '../../worker/tickets/records.ts';
import { newestTicket } from '../../worker/tickets/live.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { asks, queue } from '../tickets/support.ts';
import { cast, settingOf } from '../support/stoa.ts';
import { desk } from './support.ts';

const numbersOf = async ({ db }: Pick<Awaited<ReturnType<typeof desk>>, 'db'>) => (await db.select().from(tickets)).map(({ number }) => number).sort((a, b) => a - b);

test('of a burst from one domain those beyond the limit wait, whoever they say they are; others do not, and after the time nobody does', async () => {
  const world = await desk();
  const { writes, list } = world;
  for (let i = 0; i < 4; i++) expect(await writes(`guest${i}@spam.example`)).toEqual({ id: expect.stringMatching(/^tkt_/), number: i + 1 });
  await writes('calm@fine.example');
  expect((await list()).map(({ number, email, causes }) => [number, email, causes])).toEqual([
    [3, 'guest2@spam.example', [{ rule: 'burst', detail: 'spam.example', count: 3, minutes: 10 }]],
    [4, 'guest3@spam.example', [{ rule: 'burst', detail: 'spam.example', count: 4, minutes: 10 }]],
  ]);
  expect(await numbersOf(world)).toEqual([1, 2, 5]);
  await writes('guest9@spam.example', 'Later', {}, 11);
  expect(await numbersOf(world)).toEqual([1, 2, 5, 6]);
});

test('with a provider for all addresses are counted, under whatever name; trusted senders and domains of customers come in any number', async () => {
  const world = await desk();
  const { db, writes, list } = world;
  await db.$client.execute(`update accounts set domains = '["acme.example"]' where id = 'acc_acme'`);
  await db.$client.execute("insert into trusted_senders (id, pattern, created_at) values ('tru_1', 'partner.example', 0), ('tru_2', 'anna@other.example', 0)");
  for (const at of ['gmail.com', 'acme.example', 'eu.partner.example']) for (let i = 0; i < 4; i++) await writes(`guest${i}@${at}`);
  for (let i = 0; i < 4; i++) await writes('anna@other.example');
  expect(await list()).toEqual([]);
  for (let i = 0; i < 3; i++) await writes(`same+${i}@gmail.com`);
  await writes('bert@other.example');
  expect((await list()).map(({ email }) => email)).toEqual(['same+2@gmail.com', 'bert@other.example']);
});

test('twenty of one domain in the same second: no more than the limit are opened, none is lost', async () => {
  const { writes, list, counted } = await desk();
  await Promise.all(Array.from({ length: 20 }, (_, i) => writes(`guest${i}@spam.example`)));
  expect([await counted('tickets'), (await list()).length]).toEqual([2, 18]);
});

test('what is listed waits too, of guests and of who signed up a moment ago; who is known or of an account is not looked at', async () => {
  const { db, as, list, writes, later } = await desk({ ticketBurst: 0 });
  await db.$client.execute("insert into word_rules (id, pattern, action, created_at) values ('wrd_1', 'zebra', 'hold', 0)");
  await db.insert(users).values({ id: 'usr_new', email: 'new@fresh.example', name: 'New', handle: 'new', createdAt: new Date() });
  await db.$client.execute({ sql: 'update users set created_at = ? where id = ?', args: [Date.UTC(2026, 0, 5), 'usr_new'] });
  const newcomer = { ...cast.alice, id: 'usr_new', accountId: null };
  await writes('guest@far.example', 'A ZEBRA');
  const { number } = await later(newcomer, 0).run(openTicket, { subject: 'Zebra crossing', body: 'Hello.' });
  for (const who of ['alice', 'agnes'] as const) await asks(as(who), 'Zebra of ours');
  await as('alice', { accountId: null }).run(openTicket, { subject: 'Zebra of old', body: 'Hello.' });
  expect((await list()).map(({ subject, name, causes }) => [subject, name, causes])).toEqual([['A ZEBRA', null, [{ rule: 'word', detail: 'zebra' }]], ['Zebra crossing', 'New', [{ rule: 'word', detail: 'zebra' }]]]);
  await later(newcomer, 24 * 60).run(openTicket, { subject: 'Zebra of tomorrow', body: 'Hello.' });
  expect((await list()).length).toBe(2);
  const own = later(newcomer, 0);
  expect((await own.load(suspendedByNumber(number)))[0]).toMatchObject({ subject: 'Zebra crossing' });
  expect((await as('bob').load(suspendedByNumber(number)))[0]).toBeUndefined();
});

test('what waits is found nowhere, and told to nobody, but by who sent it and by who decides', async () => {
  const { db, as, writes, list, counted } = await desk({ ticketBurst: 1 });
  await writes('first@spam.example', 'Before');
  const people = await counted('users');
  const { number } = await writes('guest@spam.example', 'Okapi');
  const texts: string[] = [];
  for (const who of Object.keys(cast) as (keyof typeof cast)[])
    texts.push(JSON.stringify(await as(who).load(queue({ limit: 50 }, {}), queue({ limit: 50 }, { snoozed: '1' }), ticketsPage({ limit: 50 }), ticketsPage({ limit: 50 }, undefined, 'okapi'), ticketsAsked({ limit: 50 }, 'open', 'mine'), ticketsAsked({ limit: 50 }, 'open', 'account'), wholeTicket(number), ticketByNumber(number), messagesOfTicket(number), messagesPage({ limit: 9 }, number))));
  expect(texts.join()).not.toMatch(/okapi/i);
  expect(texts.join()).toContain('Before');
  for (const table of ['ticket_texts', 'feedback', 'notifications', 'mails', 'search_documents', 'ticket_messages', 'once']) expect([table, JSON.stringify((await db.$client.execute(`select * from ${table}`)).rows)]).toEqual([table, expect.not.stringMatching(/okapi/i)]);
  expect([await counted('users'), (await as('agnes').load(newestTicket()))[0].seen]).toEqual([people, 1]);
  const events = (await db.select().from(outbox)).filter(({ type }) => type === 'ticket.suspended');
  expect(events.map(({ data, actorId }) => [data, actorId])).toEqual([[{ rules: ['burst'], guest: true }, null]]);

  for (const who of ['visitor', 'alice', 'mara', 'lena'] as const) expect([who, await list(who), (await as(who).load(suspendedCount()))[0]]).toEqual([who, [], undefined]);
  for (const scopes of [{ categories: ['cat_help'] }, { groups: ['grp_1'] }]) expect(await list('agnes', { scopes })).toEqual([]);
  for (const who of ['agnes', 'cleo', 'ada'] as const) expect([(await list(who)).map(({ subject }) => subject), (await as(who).load(suspendedCount()))[0]]).toEqual([['Okapi'], { count: 1 }]);
  expect((await as('visitor', { guestOf: number }).load(suspendedByNumber(number)))[0]).toMatchObject({ subject: 'Okapi', body: 'Words about Okapi.' });
  expect((await as('visitor', { guestOf: 1 }).load(suspendedByNumber(number)))[0]).toBeUndefined();
});

test('recovered it is a ticket like any: the same words, number, answers and files, once, even when two press at once', async () => {
  const world = await desk({ ticketBurst: 1 });
  const { db, as, writes, list, decides, later } = world;
  await db.$client.execute("insert into ticket_forms (id, name_en, position, is_default, created_at) values ('frm_1', 'Form', 0, 0, 0)");
  await db.$client.execute("insert into ticket_fields (id, key, kind, label_en, choices, created_at) values ('fld_1', 'region', 'text', 'Region', '[]', 0), ('fld_2', 'gone', 'text', 'Gone', '[]', 0)");
  await db.$client.execute("insert into form_fields (form_id, field_id, position) values ('frm_1', 'fld_1', 1), ('frm_1', 'fld_2', 2)");
  await db.$client.execute("insert into attachments (id, name, type, size, sha256, created_at) values ('att_00000000000000000000000000000001', 'log.txt', 'text/plain', 1, '', 0)");
  await writes('first@spam.example');
  const { id, number } = await writes('gina.guest@spam.example', 'Okapi', { priority: 'high', locale: 'el', form: 'frm_1', fields: { region: 'North', gone: 'Away' }, attachments: ['att_00000000000000000000000000000001'] });
  await asks(as('alice'), 'Meanwhile');
  await db.$client.execute("delete from form_fields where field_id = 'fld_2'");
  await db.$client.execute("delete from ticket_fields where id = 'fld_2'");
  const file = attachmentById('att_00000000000000000000000000000001');
  const sees = async (who: keyof typeof cast, more = {}) => (await as(who, more).load(file))[0] !== undefined;
  expect([await sees('agnes'), await sees('visitor', { guestOf: number }), await sees('lena'), await sees('alice'), await sees('visitor')]).toEqual([true, true, false, false, false]);

  const entries = (await list()).map((one) => `${one.id} ${one.version}`);
  const both = await Promise.all(['agnes', 'ada'].map((who) => later(cast[who as 'ada'], 60).run(decideSuspended, { entries, decision: 'recover' })));
  expect(both.map((one) => one.entries[0]!.outcome).sort()).toEqual(['decided', 'quicker']);
  expect((await decides('recover').catch((error: { issues: object }) => error.issues))).toEqual({ entries: 'Choose at least one.' });

  const gina = (await db.select().from(users)).find(({ email }) => email === 'gina.guest@spam.example')!;
  expect(gina).toMatchObject({ name: 'Gina Guest', locale: 'el', role: 'customer' });
  const [ticket, messages, history] = await as('agnes').load(ticketByNumber(number), messagesOfTicket(number), historyPage({ limit: 9 }, number, { rising: true }));
  expect(ticket).toMatchObject({ id, number: 2, subject: 'Okapi', priority: 'high', status: 'new', requesterId: gina.id, createdAt: new Date('2026-01-05T09:00:00Z') });
  expect(messages).toHaveLength(1);
  expect(messages[0]!.html).toContain('Words about Okapi.');
  expect(messages[0]!.attachments.map(({ name }) => name)).toEqual(['log.txt']);
  expect(history.items.map(({ type, actorId }) => [type, actorId])).toEqual([['ticket.suspended', null], ['ticket.recovered', expect.stringMatching(/usr_(agnes|ada)/)], ['ticket.opened', null]]);
  expect((await db.$client.execute('select field_id, value from ticket_values')).rows.map(({ field_id, value }) => [field_id, value])).toEqual([['fld_1', 'North']]);
  expect((await db.$client.execute("select text from feedback where source = 'ticket' and number = 2")).rows).toHaveLength(1);
  expect((await as('visitor', { guestOf: number }).load(ticketByNumber(number), suspendedByNumber(number))).map((one) => one !== undefined)).toEqual([true, false]);
  expect([await sees('visitor', { guestOf: number }), await sees('lena'), await sees('alice')]).toEqual([true, true, false]);
  expect(await numbersOf(world)).toEqual([1, 2, 3]);
});

test('it is theirs who have the address by then, or who was signed in', async () => {
  const { db, writes, decides, as } = await desk({ ticketBurst: 1 });
  await writes('first@example.org');
  const { number } = await writes('alice@example.org', 'In her name');
  expect((await as('alice').load(ticketByNumber(number), ticketsAsked({ limit: 9 }, 'open', 'mine')))[1].items).toEqual([]);
  await decides('recover');
  expect((await as('alice').load(ticketsAsked({ limit: 9 }, 'open', 'mine')))[0].items.map(({ subject }) => subject)).toEqual(['In her name']);
  expect((await db.select().from(users)).filter(({ email }) => email === 'alice@example.org')).toHaveLength(1);
});

test('trusting the senders while recovering lets the next ones through, and is in the log', async () => {
  const { as, writes, list, decides, db } = await desk({ ticketBurst: 1 });
  for (const who of ['first', 'anna', 'bert', 'anna']) await writes(`${who}@busy.example`);
  expect(await decides('trust')).toMatchObject({ decision: 'trust', entries: [{ outcome: 'decided', number: 2 }, { outcome: 'decided', number: 3 }, { outcome: 'decided', number: 4 }] });
  await writes('anna@busy.example', 'Once more');
  await writes('carl@busy.example', 'Carl');
  expect((await list()).map(({ subject }) => subject)).toEqual(['Carl']);
  const [log] = await as('ada').load(auditLog({ limit: 50 }, { type: 'sender.trusted' }));
  expect(log.items.map(({ data, actorId }) => [data['pattern'], actorId]).sort()).toEqual([['anna@busy.example', 'usr_agnes'], ['bert@busy.example', 'usr_agnes']]);
  expect((await db.$client.execute('select pattern, added_by from trusted_senders order by pattern')).rows.map(({ pattern, added_by }) => [pattern, added_by])).toEqual([['anna@busy.example', 'usr_agnes'], ['bert@busy.example', 'usr_agnes']]);
});

test('removed it is gone with its files, and its number is never given again', async () => {
  const world = await desk({ ticketBurst: 1 });
  const { db, as, now, writes, decides, counted } = world;
  await db.$client.execute("insert into attachments (id, name, type, size, sha256, created_at) values ('att_00000000000000000000000000000001', 'log.txt', 'text/plain', 1, '', 0)");
  await writes('first@spam.example');
  const { number } = await writes('guest@spam.example', 'Okapi', { attachments: ['att_00000000000000000000000000000001'] });
  const removed: string[] = [];
  const sweep = () => sweepFiles.work({ ...settingOf({ db, now }), files: { remove: async (keys: string[]) => void removed.push(...keys) } as never });
  await sweep();
  expect([await counted('attachments'), removed]).toEqual([1, []]);
  expect((await decides('remove')).entries.map(({ outcome, number: opened }) => [outcome, opened])).toEqual([['decided', null]]);
  await sweep();
  expect([await counted('suspended_tickets'), await counted('attachments'), removed]).toEqual([0, 0, ['att_00000000000000000000000000000001']]);
  expect(await asks(as('alice'))).toBe(number + 1);
  expect((await as('visitor', { guestOf: number }).load(ticketByNumber(number), suspendedByNumber(number)))).toEqual([undefined, undefined]);
});

test('several at once, each as it was on the screen; who may not decide does not, and bad input names its field', async () => {
  const { as, writes, list, counted } = await desk({ ticketBurst: 1 });
  for (const who of ['first', 'anna', 'bert', 'carl']) await writes(`${who}@spam.example`);
  const [anna, bert, carl] = (await list()).map(({ id, version }) => `${id} ${version}`);
  const entries = [anna, bert, carl];
  for (const who of ['alice', 'mara', 'lena'] as const) await expect(as(who).run(decideSuspended, { entries, decision: 'recover' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('agnes', { scopes: { groups: ['grp_1'] } }).run(decideSuspended, { entries, decision: 'recover' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(decideSuspended, { entries, decision: 'recover' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('agnes').run(decideSuspended, { decision: 'burn' })).rejects.toMatchObject({ issues: { entries: 'Choose at least one.', decision: 'Choose what to do.' } });
  expect([await counted('suspended_tickets'), await counted('tickets')]).toEqual([3, 1]);
  await as('ada').run(decideSuspended, { entries: [bert], decision: 'remove' });
  const first = await as('agnes').run(decideSuspended, { entries: [anna, bert, `${carl!.split(' ')[0]} 7`], decision: 'recover' }, 'one-key');
  expect(first.entries.map(({ outcome, name }) => [outcome, name])).toEqual([['decided', 'Zebra'], ['quicker', null], ['quicker', 'Zebra']]);
  expect(await as('agnes').run(decideSuspended, { entries: [anna, bert, `${carl!.split(' ')[0]} 7`], decision: 'recover' }, 'one-key')).toEqual(first);
  expect([await counted('suspended_tickets'), await counted('tickets')]).toEqual([1, 2]);
});

test('what nobody looks at goes after fourteen days, and who sent tickets is forgotten after one', async () => {
  const { db, as, now, writes, counted } = await desk({ ticketBurst: 1 });
  for (const who of ['first', 'anna']) await writes(`${who}@spam.example`);
  await writes('bert@spam.example', 'Later', {}, 60);
  await writes('carl@spam.example', 'Later', {}, 61);
  const work = (days: number) => tidySuspended.work(settingOf({ db, now: new Date(now.getTime() + days * 86_400_000 + 1_000) }));
  expect([await work(0.9), await counted('ticket_senders')]).toEqual([0, 4]);
  expect([await work(13.9), await counted('ticket_senders'), await counted('suspended_tickets')]).toEqual([0, 0, 2]);
  expect([await work(14), await work(14), await counted('suspended_tickets')]).toEqual([1, 0, 1]);
  const [log] = await as('ada').load(auditLog({ limit: 9 }, { type: 'ticket.discarded' }));
  expect(log.items.map(({ actorId }) => actorId)).toEqual(['system']);
});
