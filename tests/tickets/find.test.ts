import { expect, test } from 'vitest';
import { makeFindable } from '../../worker/beside/jobs.ts';
import { shareMerge } from '../../worker/joins/share.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import { ticketsAsked } from '../../worker/tickets/queries.ts';
import { ticketsPage } from '../../worker/tickets/records.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { asks, merge, unmerge } from '../joins/support.ts';
import { settingOf, stoa } from '../support/stoa.ts';

async function world() {
  const here = await stoa();
  const indexed = () => makeFindable.work(settingOf(here));
  const found = async (portal: Portal, question: string, whose: 'mine' | 'account' | 'copied' = 'mine', state: 'open' | 'solved' = 'open') => (await portal.load(ticketsAsked({ limit: 9 }, state, whose, question)))[0].items.map(({ number }) => number);
  const listed = async (portal: Portal, question: string) => (await portal.load(ticketsPage({ limit: 9 }, undefined, question)))[0].items.map(({ number }) => number);
  return { ...here, indexed, found, listed };
}

test('people find their tickets by number, subject and what was said, in any form, case and accent, open and solved apart', async () => {
  const { as, indexed, found, listed } = await world();
  const [printer, invoice] = [await asks(as('alice'), 'Printers burn', 'On the third floor.'), await asks(as('alice'), 'Τιμολόγιο', 'Λείπει η πληρωμή.')];
  await as('agnes').run(replyToTicket, { number: printer, body: 'Have you tried a **fuse**?' });
  await indexed();
  for (const question of ['printer', 'PRINTING', 'floors', 'fuse', 'fus', `#${printer}`, 'third printer']) expect([question, await found(as('alice'), question)]).toEqual([question, question === 'PRINTING' ? [] : [printer]]);
  for (const question of ['τιμολογια', 'ΠΛΗΡΩΜΗ', 'πληρωμές', 'τιμολ']) expect([question, await found(as('alice'), question)]).toEqual([question, [invoice]]);
  for (const question of ['printer invoice', 'zebra', '"', '* OR *', '!?']) expect([question, await found(as('alice'), question)]).toEqual([question, []]);
  expect(await found(as('alice'), ' ')).toHaveLength(2);
  await as('alice').run(closeTicket, { number: printer });
  expect([await found(as('alice'), 'fuse'), await found(as('alice'), 'fuse', 'mine', 'solved')]).toEqual([[], [printer]]);
  expect([await listed(as('alice'), 'fuse'), await listed(as('bob'), 'fuse'), await listed(as('agnes'), 'fuse')]).toEqual([[printer], [], [printer]]);
});

test('colleagues and strangers find nothing of them; account admins those of their account', async () => {
  const { as, indexed, found } = await world();
  const number = await asks(as('alice'), 'Printers burn');
  await indexed();
  expect([await found(as('bob'), 'printer'), await found(as('bob'), 'printer', 'account'), await found(as('carol'), 'printer'), await found(as('carol'), 'printer', 'account')]).toEqual([[], [], [], [number]]);
});

test('notes find nothing, for nobody', async () => {
  const { as, indexed, found, listed } = await world();
  const number = await asks(as('alice'));
  await as('agnes').run(replyToTicket, { number, body: 'A quillwort of ours.', visibility: 'internal' });
  await indexed();
  expect([await found(as('alice'), 'quillwort'), await listed(as('alice'), 'quillwort'), await listed(as('agnes'), 'quillwort')]).toEqual([[], [], []]);
});

test('what a private merge brought is found by who asked it alone, until they are let in; and as before when it is undone', async () => {
  const { as, indexed, found } = await world();
  const [mine, theirs] = [await asks(as('alice'), 'Calendar', 'Late reminders.'), await asks(as('bob'), 'Same', 'A quillwort of Olive.')];
  await indexed();
  await merge(as('ada'), theirs, mine, { accounts: true });
  await indexed();
  const both = async (question: string) => [await found(as('alice'), question), await found(as('bob'), question)];
  expect([await both('quillwort'), await both('reminders')]).toEqual([[[], [theirs]], [[mine], []]]);
  await unmerge(as('ada'), theirs);
  await indexed();
  expect([await both('quillwort'), await both('reminders')]).toEqual([[[], [theirs]], [[mine], []]]);
  const member = { accountRole: 'member' } as const;
  const third = await asks(as('carol', member), 'Same again', 'A hellebore of Carol.');
  await merge(as('agnes'), third, mine);
  await as('agnes').run(shareMerge, { number: third, confirmed: 'yes' });
  await indexed();
  expect([await found(as('alice'), 'hellebore'), await found(as('carol', member), 'reminders', 'copied')]).toEqual([[mine], [mine]]);
});
