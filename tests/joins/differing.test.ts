import { expect, test } from 'vitest';
import { mergeTold } from '../../src/forms/merged.ts';
import { toldOf } from '../../src/forms/told.ts';
import { historyPage } from '../../worker/history/queries.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { formed } from '../forms/support.ts';
import { type Stoa, stoa } from '../support/stoa.ts';
import { merge } from './support.ts';

type Name = Parameters<Stoa['as']>[0];

async function world() {
  const it = await stoa();
  await formed(it.as('ada'));
  const opens = async (who: Name, fields: Record<string, string>) => (await it.as(who).run(openTicket, { subject: 'Words', body: 'Words.', fields })).number;
  const log = async (number: number) => (await it.as('agnes').load(historyPage({ limit: 50 }, number, { rising: true })))[0].items.filter(({ type }) => /absorbed|merged/.test(type));
  return { ...it, opens, log };
}

test('the log of a merge says what was kept and what was dropped, field by field, and nothing of what was the same or empty', async () => {
  const { as, opens, log } = await world();
  const [into, source, third] = [await opens('alice', { product: 'local' }), await opens('alice', { product: 'cloud', region: 'eu', order: 'ORD-0001' }), await opens('alice', { product: 'local', order: 'ORD-0002' })];
  await as('agnes').run(changeTicket, { number: source, priority: 'high', assignee: 'me' });
  await merge(as('agnes'), into, into, { into: undefined, sources: [source, third] });
  const [absorbed] = (await log(into)).filter(({ type }) => type === 'ticket.absorbed');
  expect(absorbed!.data['differed']).toEqual([
    { ticket: source, field: 'priority', kept: 'normal', dropped: 'high' },
    { ticket: source, field: 'assigneeId', kept: null, dropped: 'usr_agnes' },
    { ticket: source, field: 'answers.product', kept: 'local', dropped: 'cloud' },
    { ticket: third, field: 'answers.order', kept: 'ORD-0001', dropped: 'ORD-0002' },
  ]);
  const told = mergeTold('en', absorbed!.data, { names: new Map([['usr_agnes', 'Agnes']]) });
  expect(told[0]).toBe(`Ticket ${source}, Priority: kept Normal, dropped High`);
  expect(told[1]).toContain('dropped Agnes');
  expect(toldOf('el', 'UTC', absorbed!).map(({ words }) => words)).toContain(`Αίτημα ${source}, Προτεραιότητα: έμεινε Κανονική, δεν κρατήθηκε Υψηλή`);
});

test('of another requester each side’s log tells only what that side said', async () => {
  const { as, opens, log } = await world();
  const [into, source] = [await opens('alice', { product: 'local' }), await opens('carol', { product: 'cloud', region: 'a secret place' })];
  await merge(as('agnes'), source, into);
  const entries = await log(into);
  const of = (type: string) => entries.find((one) => one.type === type)!;
  expect([of('ticket.absorbed').ticket, of('ticket.absorbed').data['differed']]).toEqual([into, [{ ticket: source, field: 'answers.product', kept: 'local' }]]);
  expect([of('ticket.merged').ticket, of('ticket.merged').data['dropped']]).toEqual([source, { 'answers.product': 'cloud' }]);
  expect(toldOf('en', 'UTC', of('ticket.merged')).map(({ words }) => words)).toContain('product: dropped cloud');
});
