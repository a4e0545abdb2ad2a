import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { goOnWithBulk } from '../../worker/bulk/go-on.ts';
import { goOnWithBulks } from '../../worker/bulk/jobs.ts';
import { itemsPage, myRuns, runById, selectionCounted } from '../../worker/bulk/queries.ts';
import { revertBulk } from '../../worker/bulk/revert.ts';
import { bulkRuns } from '../../worker/bulk/schema.ts';
import { startBulk } from '../../worker/bulk/start.ts';
import { Selection, Wish } from '../../worker/bulk/input.ts';
import { keepGroup } from '../../worker/groups/keep.ts';
import { notifications } from '../../worker/notifications/schema.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { deliver } from '../../worker/reactions.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { priorities, statuses, tickets, ticketTags } from '../../worker/tickets/schema.ts';
import { conditionOf } from '../../worker/views/input.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';
import { asks } from '../tickets/support.ts';

const all = { condition: conditionOf({}), all: 'yes' };

/** So many tickets of Alice, by the database itself. */
async function crowd(count: number, each: (i: number) => Partial<typeof tickets.$inferInsert> = () => ({})) {
  const world = await stoa(new Date());
  const { db, now } = world;
  const rows = Array.from({ length: count }, (_, i) => ({ id: `tkt_${i}`, number: i + 1, requesterId: 'usr_alice', subject: `Ticket ${i}`, waitingSince: now, lastMessageAt: now, createdAt: now, updatedAt: now, ...each(i) }));
  for (let i = 0; i < count; i += 50) await db.insert(tickets).values(rows.slice(i, i + 50));
  return world;
}

async function done({ as }: Pick<Stoa, 'as'>, id: string) {
  for (let left = 1; left > 0; ) ({ left } = await as('agnes').run(goOnWithBulk, { id }));
  const [run, { items }] = await as('agnes').load(runById(id), itemsPage({ limit: 100 }, id));
  return { run, items };
}

test('many tickets change at once, each by the rules for one, and each says what came of it', async () => {
  const it = await crowd(4, (i) => (i === 1 ? { status: 'closed' } : i === 2 ? { status: 'open', priority: 'high', tags: ['fire'] } : {}));
  const { as, db } = it;
  const { id, total } = await as('agnes').run(startBulk, { condition: conditionOf({}), ticket: ['1', '2', '3', '4'], status: 'open', priority: 'high', addTags: 'Fire' });
  expect(total).toBe(4);
  const { run, items } = await done(it, id);
  expect(run).toMatchObject({ state: 'done', total: 4, seen: 4, changed: 2, refused: 1 });
  expect(items.map(({ outcome, why }) => [outcome, why])).toEqual([['changed', null], ['refused', 'This ticket is closed. Nothing in it can be changed.'], ['unchanged', null], ['changed', null]]);
  expect(await db.select().from(tickets).where(eq(tickets.number, 1))).toMatchObject([{ status: 'open', priority: 'high', tags: ['fire'] }]);
  const log = await db.select().from(outbox).orderBy(outbox.id);
  expect(log.map(({ type }) => type)).toEqual(['bulk.started', 'ticket.changed', 'ticket.changed']);
  expect(log[1]).toMatchObject({ actorId: 'usr_agnes', data: { bulk: id, from: { status: 'new' }, to: { status: 'open' } } });
});

test('all of a view are those that were there when they were chosen, far beyond a page, a hundred a step', async () => {
  const it = await crowd(250);
  const { as, db, now } = it;
  const [counted] = await as('agnes').load(selectionCounted(Selection.parse(all), Wish.parse({ status: 'solved' })));
  expect(counted).toEqual({ total: 250, closed: 0, changing: 250, bound: 250 });
  await asks(as('bob'), 'Came later');
  const { id, total } = await as('agnes').run(startBulk, { ...all, bound: counted.bound, at: now.getTime(), status: 'solved' });
  expect(total).toBe(250);
  expect(await as('agnes').run(goOnWithBulk, { id })).toEqual({ left: 150 });
  expect((await done(it, id)).run).toMatchObject({ state: 'done', changed: 250 });
  expect(await db.select({ subject: tickets.subject }).from(tickets).where(eq(tickets.status, 'new'))).toEqual([{ subject: 'Came later' }]);
});

test('a change that nobody watches goes on by the clock, from where it was interrupted; two at once do each step once', async () => {
  const it = await crowd(250);
  const { as, db, now } = it;
  const { id } = await as('agnes').run(startBulk, { ...all, priority: 'low' });
  await as('agnes').run(goOnWithBulk, { id });
  await Promise.all([as('agnes').run(goOnWithBulk, { id }).catch(() => undefined), as('agnes').run(goOnWithBulk, { id }).catch(() => undefined)]);
  await goOnWithBulks.work(settingOf({ db, now }));
  expect((await done(it, id)).run).toMatchObject({ state: 'done', seen: 250, changed: 250 });
  expect(await db.select().from(outbox).where(eq(outbox.type, 'ticket.changed'))).toHaveLength(250);
  expect(await goOnWithBulks.work(settingOf({ db, now }))).toBe(0);
});

test('a form sent twice starts one change', async () => {
  const { as, db } = await crowd(3);
  const [first, second] = [await as('agnes').run(startBulk, { ...all, at: 1e12, priority: 'low' }, 'one form'), await as('agnes').run(startBulk, { ...all, at: 1e12, priority: 'low' }, 'one form')];
  expect(second).toEqual(first);
  expect(await db.select().from(bulkRuns)).toHaveLength(1);
});

test('taken back within a day, each ticket is what it was, but those that something happened to since', async () => {
  const it = await crowd(3);
  const { as, db } = it;
  const { id } = await as('agnes').run(startBulk, { ...all, status: 'solved', assignee: 'me' });
  await done(it, id);
  await as('cleo').run(changeTicket, { number: 2, priority: 'urgent' });
  await as('cleo').run(replyToTicket, { number: 3, body: 'Between us.', visibility: 'internal' });
  await as('agnes').run(revertBulk, { id });
  const { run, items } = await done(it, id);
  expect(run).toMatchObject({ state: 'reverted', restored: 2 });
  expect(items.map(({ reverted }) => reverted)).toEqual(['restored', 'kept', 'restored']);
  expect((await db.select().from(tickets)).map(({ status, assigneeId }) => [status, assigneeId])).toEqual([['new', null], ['solved', 'usr_agnes'], ['new', null]]);
  await expect(as('agnes').run(revertBulk, { id })).rejects.toMatchObject({ reason: 'conflict' });
});

test('after a day it stays', async () => {
  const it = await crowd(1);
  const { id } = await it.as('agnes').run(startBulk, { ...all, status: 'solved' });
  await done(it, id);
  await it.db.update(bulkRuns).set({ createdAt: new Date(it.now.getTime() - 25 * 3_600_000) });
  await expect(it.as('agnes').run(revertBulk, { id })).rejects.toMatchObject({ reason: 'conflict' });
});

/** The same numbers for the same seed: mulberry32. */
function random(seed: number) {
  let a = seed;
  return (below: number) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

test('whatever is changed and taken back, nothing but the log is different', { timeout: 60_000 }, async () => {
  const pick = random(11);
  const one = <T>(list: readonly T[]) => list[pick(list.length)]!;
  const some = () => ['a', 'b', 'c'].filter(() => pick(2) === 0);
  const moment = () => new Date(1_760_000_000_000 + pick(1_000_000));
  const it = await crowd(120, () => ({ status: one(statuses), priority: one(priorities), assigneeId: one([null, 'usr_agnes', 'usr_cleo']), tags: some(), waitingSince: one([null, moment()]), solvedAt: one([null, moment()]), updatedAt: moment() }));
  const { as, db } = it;
  const { id: group } = await as('ada').run(keepGroup, { name: 'Group', members: ['usr_agnes'] });
  await db.update(tickets).set({ groupId: group }).where(eq(tickets.assigneeId, 'usr_agnes'));
  const rows = async () => [await db.select().from(tickets).orderBy(tickets.number), await db.select().from(ticketTags)];
  const before = await rows();
  for (let round = 0; round < 12; round++) {
    const wish = { status: one(['', ...statuses]), priority: one(['', ...priorities]), assignee: one(['', 'none', 'me', 'usr_cleo']), group: one(['', 'none', group]), addTags: some(), removeTags: some() };
    const ticket = Array.from({ length: 120 }, (_, i) => i + 1).filter(() => pick(3) > 0);
    const started = await as('agnes').run(startBulk, { condition: all.condition, ticket, ...wish }).catch(() => undefined);
    if (!started) continue;
    if ((await done(it, started.id)).run.changed > 0) expect(await rows()).not.toEqual(before);
    await as('agnes').run(revertBulk, { id: started.id });
    await done(it, started.id);
    expect(await rows(), JSON.stringify(wish)).toEqual(before);
  }
  expect((await as('agnes').load(myRuns()))[0].length).toBeGreaterThan(5);
});

test('a group takes tickets from who is not in it, and nobody is given what their group does not hold', async () => {
  const it = await crowd(2, (i) => ({ assigneeId: i === 0 ? 'usr_agnes' : 'usr_cleo' }));
  const { as, db } = it;
  const { id: group } = await as('ada').run(keepGroup, { name: 'Group', members: ['usr_agnes'] });
  await done(it, (await as('agnes').run(startBulk, { ...all, group })).id);
  expect((await db.select().from(tickets)).map(({ groupId, assigneeId }) => [groupId, assigneeId])).toEqual([[group, 'usr_agnes'], [group, null]]);
  const { items } = await done(it, (await as('agnes').run(startBulk, { ...all, assignee: 'usr_cleo' })).id);
  expect(items.map(({ outcome, why }) => [outcome, why])).toEqual([['refused', 'Choose a member of the ticket’s group.'], ['refused', 'Choose a member of the ticket’s group.']]);
});

test('who is given many tickets is not told of each; requesters are told that theirs is solved; taking back tells nobody', async () => {
  const it = await crowd(2);
  const { as, db } = it;
  const { id } = await as('agnes').run(startBulk, { ...all, status: 'solved', assignee: 'usr_cleo' });
  await done(it, id);
  await as('agnes').run(revertBulk, { id });
  await done(it, id);
  await deliver(db, gateOf(db));
  expect((await db.select().from(notifications)).map(({ userId, kind }) => [userId, kind])).toEqual([['usr_alice', 'solved'], ['usr_alice', 'solved']]);
});

test('bad input names its field; it is for those who may, and only their own', async () => {
  const { as } = await crowd(1);
  await expect(as('agnes').run(startBulk, all)).rejects.toMatchObject({ issues: { status: 'Say what to change.' } });
  await expect(as('agnes').run(startBulk, { condition: all.condition, ticket: [], status: 'open' })).rejects.toMatchObject({ reason: 'conflict', message: 'Choose the tickets first.' });
  for (const [field, value] of [['status', 'odd'], ['priority', 'odd'], ['assignee', 'usr_alice'], ['group', 'grp_none'], ['condition', '{}'], ['addTags', 'x'.repeat(50)]] as const) await expect(as('agnes').run(startBulk, { ...all, status: 'open', [field]: value })).rejects.toMatchObject({ issues: { [field]: expect.any(String) } });
  for (const who of ['alice', 'mara', 'lena'] as const) await expect(as(who).run(startBulk, { ...all, status: 'open' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(startBulk, { ...all, status: 'open' })).rejects.toMatchObject({ reason: 'signed_out' });
  const { id } = await as('agnes').run(startBulk, { ...all, status: 'open' });
  for (const verb of [goOnWithBulk, revertBulk]) await expect(as('cleo').run(verb as never, { id })).rejects.toMatchObject({ reason: 'not_found' });
  const [items] = await as('cleo').load(itemsPage({ limit: 5 }, id));
  expect(items.items).toEqual([]);
});
