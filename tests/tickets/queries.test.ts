import { expect, test } from 'vitest';
import { changeTicket } from '../../worker/tickets/change.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { voicesOfRequester } from '../../worker/beside/queries.ts';
import { openIdea } from '../../worker/ideas/open.ts';
import { colleagues, ticketAtDesk, ticketsAsked } from '../../worker/tickets/queries.ts';
import { otherTicketsOfRequester, topicsOfRequester } from '../../worker/tickets/screen.ts';
import { ticketsPage, wholeTicket } from '../../worker/tickets/records.ts';
import { stoa } from '../support/stoa.ts';
import { asks, inHour, queue } from './support.ts';

/** Alice asked five times and Bob once: the fourth is urgent and Agnes’s, the second waits for Alice, the fifth is solved. */
async function crowd() {
  const world = await stoa();
  const { as, db } = world;
  const numbers: number[] = [];
  for (const [hour, subject] of ['First', 'Second', 'Third', 'Fourth', 'Fifth'].entries()) numbers.push(await asks(inHour(db, as('alice').viewer, hour), subject));
  await as('agnes').run(changeTicket, { number: numbers[3], priority: 'urgent', assignee: 'me' });
  await as('agnes').run(changeTicket, { number: numbers[1], priority: 'low', status: 'pending' });
  await as('alice').run(closeTicket, { number: numbers[4] });
  await asks(as('bob'), 'Elsewhere');
  return { ...world, numbers };
}

const limit = 50;
const subjects = ({ items }: { items: { subject: string }[] }) => items.map(({ subject }) => subject);

test('the queue puts the most urgent first and hides what is done', async () => {
  const { as } = await crowd();
  const [all] = await as('agnes').load(queue({ limit }, {}));
  expect(subjects(all)).toHaveLength(5);
  expect(subjects(all)[0]).toBe('Fourth');
  expect(subjects(all).at(-1)).toBe('Second');
});

test('of two as urgent, who waits longer comes first', async () => {
  const { as, db } = await crowd();
  for (const hour of [5, 3, 4]) await asks(inHour(db, as('bob').viewer, hour), `Since ${hour}`);
  const [all] = await as('agnes').load(queue({ limit }, {}));
  expect(subjects(all).filter((subject) => subject.startsWith('Since'))).toEqual(['Since 3', 'Since 4', 'Since 5']);
});

test('its filters hold, alone and together', async () => {
  const { as } = await crowd();
  const asked = [{ status: 'pending' }, { status: 'solved' }, { assignee: 'me' }, { assignee: as('agnes').viewer.handle }, { assignee: 'none', priority: 'low' }, { assignee: 'me', status: 'pending' }, { assignee: 'nobody-here' }] as const;
  const found = await as('agnes').load(...asked.map((filters) => queue({ limit }, filters)));
  expect(found.map(subjects)).toEqual([['Second'], ['Fifth'], ['Fourth'], ['Fourth'], ['Second'], [], []]);
});

test('its pages follow one another without a gap, whatever the filter', async () => {
  const { as } = await crowd();
  for (const filters of [{}, { priority: 'normal' }, { assignee: 'none' }] as const) {
    const [all] = await as('agnes').load(queue({ limit }, filters));
    const walked: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const [page] = await as('agnes').load(queue({ limit: 2, after }, filters));
      walked.push(...subjects(page));
      after = page.next;
    }
    expect(walked).toEqual(subjects(all));
  }
});

test('the desk is empty for everyone who is not staff', async () => {
  const { as, numbers } = await crowd();
  const number = numbers[0]!;
  for (const portal of [as('alice'), as('carol'), as('bob'), as('mara'), as('visitor'), as('visitor', { guestOf: number })]) {
    const [list, people, ticket, ...context] = await portal.load(
      queue({ limit }, {}), colleagues(), ticketAtDesk(number), historyOfTicket(number), otherTicketsOfRequester(number), topicsOfRequester(number), voicesOfRequester(number),
    );
    expect([list.items, people, ticket, ...context]).toEqual([[], [], undefined, [], [], [], []]);
  }
});

test('beside a ticket stand the ideas of whoever asked it and what they answered to surveys, not how they rated tickets', async () => {
  const { as, db, numbers } = await crowd();
  await as('alice').run(openIdea, { title: 'Dark theme for the app', body: 'Please.' });
  await as('bob').run(openIdea, { title: 'Bigger fonts', body: 'Please.' });
  const answered = (id: string, user: string, ticket: string | null, score: number) => db.$client.execute({ sql: "insert into survey_answers (id, kind, user_id, ticket_id, score, comment, created_at) values (?, 'csat', ?, ?, ?, 'Words.', 1)", args: [id, user, ticket, score] });
  const { rows } = await db.$client.execute(`select id from tickets where number = ${numbers[0]}`);
  await answered('srv_1', 'usr_alice', null, 4);
  await answered('srv_2', 'usr_alice', String(rows[0]!['id']), 2);
  await answered('srv_3', 'usr_bob', null, 1);
  expect((await as('agnes').load(voicesOfRequester(numbers[0]!)))[0]).toMatchObject([{ kind: 'idea', text: 'Dark theme for the app', score: null }, { kind: 'csat', text: 'Words.', score: 4, at: new Date(1) }]);
});

test('customers list their own; account admins also those of their colleagues', async () => {
  const { as, numbers } = await crowd();
  const lists = (portal: ReturnType<typeof as>) => portal.load(ticketsAsked({ limit }, 'open', 'mine'), ticketsAsked({ limit }, 'solved', 'mine'), ticketsAsked({ limit }, 'open', 'account'));
  const seen = async (portal: ReturnType<typeof as>) => (await lists(portal)).map((list) => list.items.length);
  expect(await seen(as('alice'))).toEqual([4, 1, 4]);
  expect(await seen(as('carol'))).toEqual([0, 0, 4]);
  expect(await seen(as('bob'))).toEqual([1, 0, 1]);
  expect(await seen(as('visitor'))).toEqual([0, 0, 0]);
  expect(await seen(as('visitor', { guestOf: numbers[0]! }))).toEqual([0, 0, 0]);
});

test('what staff tag a ticket with is told to staff only', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, tags: 'may leave us' });
  const tagsFor = async (name: 'alice' | 'carol' | 'agnes') => {
    const [ticket, list] = await as(name).load(wholeTicket(number), ticketsPage({ limit }));
    return [ticket?.tags, list.items[0]?.tags];
  };
  expect(await tagsFor('agnes')).toEqual([['may-leave-us'], ['may-leave-us']]);
  for (const name of ['alice', 'carol'] as const) expect(await tagsFor(name)).toEqual([[], []]);
});
