import { expect, test } from 'vitest';
import { shareMerge } from '../../worker/joins/share.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { copyOnTicket } from '../../worker/tickets/copy.ts';
import { ticketByNumber, ticketsAsked } from '../../worker/tickets/queries.ts';
import { peopleOfTicket } from '../../worker/tickets/screen.ts';
import { uncopyOnTicket } from '../../worker/tickets/uncopy.ts';
import { watchTicket } from '../../worker/tickets/watch.ts';
import { type Stoa, stoa } from '../support/stoa.ts';
import { asks, merge, unmerge } from './support.ts';

const on = async ({ as }: Stoa, number: number) => (await as('ada').load(peopleOfTicket(number)))[0].map(({ role, id }) => `${role} ${id.slice(4)}`).sort();
const copied = (here: Stoa, number: number, ...names: string[]) => Promise.all(names.map((name) => here.as('agnes').run(copyOnTicket, { number, email: `${name}@example.org` })));

test('who is copied on a ticket and who watches it come along when it is merged, and go when that is undone', async () => {
  const here = await stoa();
  const { as } = here;
  const [first, second, third] = [await asks(as('alice')), await asks(as('alice')), await asks(as('alice'))];
  await copied(here, first, 'mara');
  await copied(here, second, 'bob', 'mara');
  await copied(here, third, 'bob');
  await as('lena').run(watchTicket, { number: second, watching: true });
  await merge(as('agnes'), second, first);
  await merge(as('agnes'), third, first);
  expect(await on(here, first)).toEqual(['cc bob', 'cc mara', 'watcher lena']);
  expect((await as('bob').load(ticketByNumber(second)))[0]?.number).toBe(first);
  await unmerge(as('agnes'), second);
  expect(await on(here, first)).toEqual(['cc bob', 'cc mara']);
  await unmerge(as('agnes'), third);
  expect(await on(here, first)).toEqual(['cc mara']);
  expect(await on(here, second)).toEqual(['cc bob', 'cc mara', 'watcher lena']);
});

test('who was taken out of a ticket is not brought back by undoing something else', async () => {
  const here = await stoa();
  const { as } = here;
  const [first, second, third] = [await asks(as('alice')), await asks(as('alice')), await asks(as('alice'))];
  await copied(here, second, 'bob');
  await merge(as('agnes'), second, first);
  await as('agnes').run(uncopyOnTicket, { number: first, person: 'usr_bob' });
  await merge(as('agnes'), third, first);
  await unmerge(as('agnes'), third);
  expect(await on(here, first)).toEqual([]);
});

test('of a private merge only the staff who watch come along, until its requester takes part; they find the ticket in their list', async () => {
  const here = await stoa();
  const { as } = here;
  const member = { accountRole: 'member' } as const;
  const [first, second] = [await asks(as('alice')), await asks(as('carol', member))];
  await copied(here, second, 'bob');
  await as('lena').run(watchTicket, { number: second, watching: true });
  await merge(as('agnes'), second, first);
  expect(await on(here, first)).toEqual(['watcher lena']);
  const lists = async (name: 'carol' | 'bob') => (await as(name, member).load(ticketsAsked({ limit: 9 }, 'open', 'copied')))[0].items.map(({ number }) => number);
  expect(await lists('carol')).toEqual([]);
  await as('agnes').run(shareMerge, { number: second, confirmed: 'yes' });
  expect(await on(here, first)).toEqual(['cc bob', 'watcher lena']);
  expect([await lists('carol'), await lists('bob')]).toEqual([[first], [first]]);
});

test('who asked what was merged privately is told nothing that is not true', async () => {
  const { as } = await stoa();
  const member = { accountRole: 'member' } as const;
  const [first, second] = [await asks(as('alice')), await asks(as('carol', member))];
  const looks = async () => (await as('carol', member).load(ticketByNumber(second)))[0];
  expect(await looks()).toMatchObject({ status: 'new', isPart: false });
  await merge(as('agnes'), second, first);
  for (const status of ['open', 'pending', 'on_hold'] as const) {
    await as('agnes').run(changeTicket, { number: first, status });
    expect(await looks()).toMatchObject({ number: second, status: 'open', isPart: true });
  }
  for (const status of ['solved', 'closed'] as const) {
    await as('agnes').run(changeTicket, { number: first, status });
    expect(await looks()).toMatchObject({ number: second, status, isPart: true });
  }
});
