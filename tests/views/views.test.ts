import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { keepGroup } from '../../worker/groups/keep.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { tickets } from '../../worker/tickets/schema.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { defaultViews } from '../../worker/views/defaults.ts';
import { type Condition, Condition as Shape, type Row } from '../../worker/views/schema.ts';
import { keepView } from '../../worker/views/keep.ts';
import { countsOf, myViews, ticketsMatching } from '../../worker/views/queries.ts';
import { removeView } from '../../worker/views/remove.ts';
import { type Stoa, stoa } from '../support/stoa.ts';
import { asks, told } from '../tickets/support.ts';

const all = (...rows: Row[]): Condition => ({ match: 'all', groups: [{ match: 'all', rows }] });
const isOpen: Row = { field: 'state', is: 'is', values: ['open'] };
const names = async ({ as }: Pick<Stoa, 'as'>, who: 'agnes' | 'cleo' | 'ada') => (await as(who).load(myViews()))[0].map(({ name }) => name).filter(Boolean);

test('a workspace begins with the views that a worker expects', async () => {
  const { as } = await stoa();
  expect(JSON.stringify((await as('agnes').load(myViews()))[0])).toBe(JSON.stringify(defaultViews));
  for (const { condition } of defaultViews) expect(Shape.parse(condition)).toEqual(condition);
});

test('an agent saves a view of their own, changes and removes it; nobody else sees it', async () => {
  const it = await stoa();
  const { as, db } = it;
  const { id } = await as('agnes').run(keepView, { name: 'Fires', condition: all(isOpen, { field: 'tag', is: 'is', values: ['fire'] }), columns: ['status', 'requester'], sort: 'message' });
  expect([await names(it, 'agnes'), await names(it, 'cleo')]).toEqual([['Fires'], []]);
  await as('agnes').run(keepView, { id, name: 'Burning', condition: all(isOpen) });
  expect((await as('agnes').load(myViews()))[0].at(-1)).toMatchObject({ id, name: 'Burning', columns: [], sort: 'priority' });
  for (const who of ['cleo', 'ada'] as const) {
    await expect(as(who).run(keepView, { id, name: 'Mine', condition: all(isOpen) })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as(who).run(removeView, { id })).rejects.toMatchObject({ reason: 'not_found' });
  }
  await as('agnes').run(removeView, { id });
  expect(await names(it, 'agnes')).toEqual([]);
  expect(await told(db)).toEqual(['view.made', 'view.changed', 'view.removed']);
});

test('views of a group and of everybody are for who keeps the settings', async () => {
  const it = await stoa();
  const { as } = it;
  const { id: group } = await as('ada').run(keepGroup, { name: 'Billing', members: ['usr_cleo'] });
  const shared = await as('ada').run(keepView, { name: 'Shared', scope: 'global', condition: all(isOpen) });
  await as('ada').run(keepView, { name: 'Invoices', scope: 'group', group, condition: all(isOpen) });
  expect([await names(it, 'agnes'), await names(it, 'cleo'), await names(it, 'ada')]).toEqual([['Shared'], ['Shared', 'Invoices'], ['Shared', 'Invoices']]);
  await expect(as('agnes').run(keepView, { name: 'Mine', scope: 'global', condition: all(isOpen) })).rejects.toMatchObject({ issues: { scope: expect.any(String) } });
  await expect(as('agnes').run(keepView, { id: shared.id, name: 'Mine', condition: all(isOpen) })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('agnes').run(removeView, { id: 'mine' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('ada').run(keepView, { name: 'Other', scope: 'group', group: 'grp_none', condition: all(isOpen) })).rejects.toMatchObject({ issues: { group: 'Choose a group from the list.' } });
});

test('what is no condition names its field, and customers and visitors have no views', async () => {
  const { as } = await stoa();
  for (const condition of [undefined, {}, all(), all({ field: 'status', is: 'is', values: [] }), all({ field: 'sql', is: 'is', values: ['1=1'] } as never), all({ field: 'age', is: 'over', hours: -1 }), all({ field: 'tag', is: 'or', values: ['x'] } as never)]) {
    await expect(as('agnes').run(keepView, { name: 'Odd', condition })).rejects.toMatchObject({ reason: 'invalid', issues: { condition: expect.any(String) } });
  }
  await expect(as('agnes').run(keepView, { name: '', condition: all(isOpen) })).rejects.toMatchObject({ issues: { name: 'Write a name.' } });
  await expect(as('alice').run(keepView, { name: 'Mine', condition: all(isOpen) })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(keepView, { name: 'Mine', condition: all(isOpen) })).rejects.toMatchObject({ reason: 'signed_out' });
  const seen = await as('alice').load(myViews(), ticketsMatching({ limit: 5 }, { condition: all(isOpen), sort: 'priority' }), countsOf(defaultViews, Date.now()));
  expect([seen[0], seen[1].items, seen[2]?.counts]).toEqual([[], [], [0, 0, 0, 0, 0, 0, 0]]);
});

test('each condition finds what it says, is or is not, alone and joined', async () => {
  const { as, db, now } = await stoa();
  const [urgent, billing, plain] = [await asks(as('alice'), 'Urgent'), await asks(as('bob'), 'Billing'), await asks(as('carol'), 'Plain')];
  const { id: group } = await as('ada').run(keepGroup, { name: 'Group', members: ['usr_agnes'] });
  await as('agnes').run(changeTicket, { number: urgent, priority: 'urgent', assignee: 'me', group, tags: 'fire' });
  await as('agnes').run(replyToTicket, { number: billing, body: 'Done?', assignee: 'nobody' });
  await as('cleo').run(changeTicket, { number: plain, status: 'solved', tags: 'fire, water' });
  await db.update(tickets).set({ createdAt: new Date(now.getTime() - 50 * 3_600_000) }).where(eq(tickets.number, plain));
  const found = async (condition: Condition) => (await as('agnes').load(ticketsMatching({ limit: 9 }, { condition, sort: 'created' }, now.getTime())))[0].items.map(({ number }) => number).sort();
  const cases: [Row, number[]][] = [
    [{ field: 'state', is: 'is', values: ['open'] }, [urgent, billing]], [{ field: 'state', is: 'not', values: ['open'] }, [plain]], [{ field: 'turn', is: 'is', values: ['us'] }, [urgent]], [{ field: 'turn', is: 'is', values: ['us', 'them'] }, [urgent, billing, plain]],
    [{ field: 'status', is: 'is', values: ['pending', 'solved'] }, [billing, plain]], [{ field: 'status', is: 'not', values: ['pending'] }, [urgent, plain]], [{ field: 'priority', is: 'is', values: ['urgent'] }, [urgent]], [{ field: 'priority', is: 'not', values: ['urgent'] }, [billing, plain]],
    [{ field: 'assignee', is: 'is', values: ['me'] }, [urgent]], [{ field: 'assignee', is: 'is', values: ['agnes'] }, [urgent]], [{ field: 'assignee', is: 'not', values: ['usr_agnes'] }, [billing, plain]], [{ field: 'assignee', is: 'is', values: ['nobody'] }, [billing, plain]],
    [{ field: 'group', is: 'is', values: ['mine'] }, [urgent]], [{ field: 'group', is: 'is', values: [group] }, [urgent]], [{ field: 'group', is: 'not', values: [group] }, [billing, plain]], [{ field: 'group', is: 'is', values: ['none'] }, [billing, plain]],
    [{ field: 'tag', is: 'is', values: ['Fire'] }, [urgent, plain]], [{ field: 'tag', is: 'not', values: ['water'] }, [urgent, billing]], [{ field: 'account', is: 'is', values: ['olive'] }, [billing]], [{ field: 'account', is: 'not', values: ['acc_acme'] }, [billing]],
    [{ field: 'plan', is: 'is', values: ['Scale'] }, []], [{ field: 'plan', is: 'not', values: ['Scale'] }, [urgent, billing, plain]], [{ field: 'language', is: 'is', values: ['en'] }, [urgent, billing, plain]],
    [{ field: 'age', is: 'over', hours: 24 }, [plain]], [{ field: 'age', is: 'under', hours: 24 }, [urgent, billing]], [{ field: 'waiting', is: 'under', hours: 1 }, [urgent]], [{ field: 'silence', is: 'over', hours: 1 }, []],
  ];
  for (const [row, numbers] of cases) expect([row, await found(all(row))]).toEqual([row, numbers]);
  const joined: Condition = { match: 'any', groups: [{ match: 'all', rows: [isOpen, { field: 'tag', is: 'is', values: ['fire'] }] }, { match: 'any', rows: [{ field: 'status', is: 'is', values: ['closed'] }, { field: 'account', is: 'is', values: ['Olive'] }] }] };
  expect(await found(joined)).toEqual([urgent, billing]);
});

test('a condition’s words are values, whatever they say', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  for (const text of ["'", "') or 1=1 --", '"; drop table tickets; --', '%', '?', '\\']) {
    for (const field of ['assignee', 'group', 'tag', 'account', 'plan', 'answer'] as const) {
      const [{ items }] = await as('agnes').load(ticketsMatching({ limit: 5 }, { condition: all({ field, is: 'is', values: [text] }), sort: 'priority' }));
      expect([field, text, items]).toEqual([field, text, []]);
    }
  }
  expect((await as('agnes').load(ticketsMatching({ limit: 5 }, { condition: all(isOpen), sort: 'priority' })))[0].items.map((one) => one.number)).toEqual([number]);
});

test('every order goes on from page to page without a gap', async () => {
  const { as } = await stoa();
  for (let i = 0; i < 5; i++) await asks(as('alice'), `Ticket ${i}`);
  for (const number of [2, 4, 5]) await as('agnes').run(changeTicket, { number, status: 'solved' });
  for (const [sort, values] of [['priority', ['open', 'done']], ['message', ['open', 'done']], ['created', ['open', 'done']], ['solved', ['done']]] as const) {
    const wanted = { condition: all({ field: 'state', is: 'is', values: [...values] }), sort };
    const walked: number[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const [page] = await as('agnes').load(ticketsMatching({ limit: 2, after }, wanted));
      walked.push(...page.items.map(({ number }) => number));
      after = page.next;
    }
    expect([sort, [...walked].sort()]).toEqual([sort, sort === 'solved' ? [2, 4, 5] : [1, 2, 3, 4, 5]]);
  }
});

test('a view counts to a hundred and no further', async () => {
  const { as, db, now } = await stoa();
  const rows = Array.from({ length: 130 }, (_, i) => ({ id: `tkt_${i}`, number: i + 1, requesterId: 'usr_alice', subject: 'One', lastMessageAt: now, createdAt: now, updatedAt: now }));
  await db.insert(tickets).values(rows);
  const [counted] = await as('agnes').load(countsOf([{ condition: all(isOpen), sort: 'priority' }, { condition: all({ field: 'status', is: 'is', values: ['solved'] }), sort: 'priority' }], now.getTime()));
  expect(counted?.counts).toEqual([100, 0]);
});
