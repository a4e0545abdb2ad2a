import { expect, test } from 'vitest';
import { computeHealth } from '../../worker/health/jobs.ts';
import { daysOfHealth, healthOf } from '../../worker/health/queries.ts';
import { accountById, bookOfBusiness } from '../../worker/accounts/queries.ts';
import { changeAccount } from '../../worker/accounts/change.ts';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { reopenTicket } from '../../worker/tickets/reopen.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { rateTicket } from '../../worker/surveys/rate.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';

const DAY = 86_400_000;
const at = (world: Stoa, days: number): Stoa => ({ ...world, now: new Date(world.now.getTime() + days * DAY) });
const compute = (world: Stoa) => computeHealth.work(settingOf(world));
const rowsOf = async ({ db }: Stoa, text: string) => (await db.$client.execute(text)).rows.map((row) => ({ ...row }) as Record<string, unknown>);
const healthIn = async (world: Stoa, id = 'acc_acme') => (await world.as('cleo').load(healthOf(id)))[0]!;

/** What is kept, without what only tells when it was looked at. */
const kept = async (world: Stoa) => ({
  health: await rowsOf(world, 'select account_id, day, score, uncapped, coverage, colour, parts, caps, past_day, past_score, noise, due_at from account_health order by account_id'),
  days: await rowsOf(world, 'select * from account_health_days order by account_id, day'),
  shown: await rowsOf(world, 'select id, health from accounts order by id'),
});

/** A ticket of Acme's, so many days old, with how it stands. */
async function aTicket({ db }: Stoa, number: number, { days = 0, ...columns }: { days?: number; status?: string; priority?: string; waiting?: number; last?: number } = {}, now = Date.UTC(2026, 0, 5, 9)) {
  const { status = 'open', priority = 'normal', waiting, last = 0 } = columns;
  await db.$client.execute({
    sql: `insert into tickets (id, number, requester_id, account_id, subject, status, priority, waiting_since, last_message_at, created_at, updated_at) values (?, ?, 'usr_alice', 'acc_acme', 'T', ?, ?, ?, ?, ?, ?)`,
    args: [`tkt_${number}`, number, status, priority, waiting === undefined ? null : now - waiting * DAY, now - last * DAY, now - days * DAY, now],
  });
}

test('an account of which too little is known has no score and no colour; every account has been looked at', async () => {
  const world = await stoa();
  expect(await compute(world)).toBe(2);
  expect(await compute(world)).toBe(0);
  const [found] = await world.as('cleo').load(accountById('acc_olive'));
  expect(found.health).toEqual({ score: null, colour: null, coverage: 0, way: null, byHand: false });
});

test('each measure is found in what people did, and what nobody did is missing', async () => {
  const world = await stoa();
  await aTicket(world, 9001, { days: 1, priority: 'urgent', waiting: 1 });
  await aTicket(world, 9002, { days: 9, status: 'pending', last: 8 });
  await aTicket(world, 9003, { days: 3, status: 'pending', last: 2 });
  await aTicket(world, 9004, { days: 20, waiting: 2, last: 2 });
  await compute(world);
  const { parts, caps } = await healthIn(world);
  expect(caps).toEqual([]);
  expect(parts.urgent).toMatchObject({ value: 1, n: 5, points: 40, evidence: 9001 });
  expect(parts.waiting).toMatchObject({ value: 0.25, n: 4, points: 75, evidence: 9004 });
  expect(parts.questions).toMatchObject({ value: 0.5, n: 2, points: 50, evidence: 9002 });
  expect(parts.renewal).toMatchObject({ value: 55, points: 70 });
  for (const missing of ['active', 'touch', 'admins', 'csat', 'nps', 'answered', 'reopened'] as const) expect(parts[missing]).toBeUndefined();
});

test('ratings, answers, words and what was opened again are found by what people did here', async () => {
  const world = await stoa();
  const { as, db } = world;
  for (let number = 1; number <= 3; number++) {
    await as('carol').run(openTicket, { subject: `Printer ${number} is on fire`, body: 'Help.' });
    await as('agnes').run(replyToTicket, { number, body: 'Done.', status: 'solved' });
    if (number < 3) await as('carol').run(rateTicket, { number, score: number === 1 ? 5 : 2 });
  }
  await as('carol').run(reopenTicket, { number: 2 });
  for (const title of ['How do I print this?', 'How do I scan this?']) await as('alice').run(openTopic, { title, body: 'I tried.', category: 'help', kind: 'question', tags: [] });
  const { id } = await as('agnes').run(replyToTopic, { number: 1, body: 'With the green button.' });
  await as('alice').run(acceptAnswer, { number: 1, post: id });
  await db.$client.execute({ sql: "insert into survey_answers (id, kind, user_id, score, created_at) values ('srv_n', 'nps', 'usr_alice', 9, ?)", args: [world.now.getTime()] });
  await db.$client.execute({ sql: "insert into feedback (id, source, source_id, title, person_id, account_id, text, score, said_at) values ('fbk_n', 'survey', 'srv_n', 'NPS', 'usr_alice', 'acc_acme', '', 9, ?)", args: [world.now.getTime()] });
  await compute(world);
  const { parts, score, coverage } = await healthIn(world);
  expect(parts.reopened).toMatchObject({ n: 3, evidence: 2 });
  expect(parts.reopened!.value).toBeCloseTo(1 / 3, 9);
  expect(parts.csat).toMatchObject({ value: 0.5, n: 2, points: 0 });
  expect(parts.nps).toMatchObject({ value: 9, n: 1, points: 100 });
  expect(parts.touch).toMatchObject({ value: 0, points: 100 });
  expect(parts.admins).toMatchObject({ value: 0, points: 100, evidence: 'usr_carol' });
  expect(parts.active).toMatchObject({ value: 2 });
  // Of the last three days only those count that have an answer: one, and it takes two.
  expect(parts.answered).toMatchObject({ value: 1, n: 1 });
  expect(parts.answered!.points).toBeUndefined();
  expect(coverage).toBeGreaterThan(0.8);
  expect(score).toBeGreaterThan(50);
  await compute(at(world, 4));
  expect((await healthIn(world)).parts.answered).toMatchObject({ value: 0.5, n: 2, evidence: 2 });
});

test('an urgent ticket that is open for more than three days caps the score at 60, and says so', async () => {
  const world = await stoa();
  await world.as('alice').run(openTicket, { subject: 'The printer burns', body: 'Help.' });
  await world.as('agnes').run(changeTicket, { number: 1, priority: 'urgent' });
  const after = async (days: number) => {
    await compute(at(world, days));
    return healthIn(world);
  };
  const before = await after(3);
  expect([before.caps, before.score]).toEqual([[], before.uncapped]);
  const capped = await after(4);
  expect(capped.caps).toEqual([{ cap: 'urgent', points: 60, days: 4, number: 1 }]);
  expect(capped.score).toBe(Math.min(60, capped.uncapped!));
  await world.db.$client.execute("update accounts set renews_on = '2030-01-01'");
  await world.db.$client.execute(`insert into settings (key, value) values ('health_weights', '{"groups":{"support":0}}')`);
  const high = await after(5);
  expect(high.uncapped).toBeGreaterThan(60);
  expect([high.score, high.colour]).toEqual([60, 'watch']);
});

test('whatever happens, the next run finds what counting everything anew finds', async () => {
  const world = await stoa();
  const { as } = world;
  await compute(world);
  const steps: (() => Promise<unknown>)[] = [
    () => as('alice').run(openTicket, { subject: 'The printer burns', body: 'Help.' }),
    () => as('agnes').run(changeTicket, { number: 1, priority: 'urgent' }),
    () => as('agnes').run(replyToTicket, { number: 1, body: 'What colour?' }),
    () => as('carol').run(openTopic, { title: 'How do I print this?', body: 'I tried.', category: 'help', kind: 'question', tags: [] }),
    async () => as('carol').run(acceptAnswer, { number: 1, post: (await as('bob').run(replyToTopic, { number: 1, body: 'Green.' })).id }),
    () => as('agnes').run(replyToTicket, { number: 1, body: 'Out.', status: 'solved' }),
    () => as('alice').run(rateTicket, { number: 1, score: 4 }),
    () => as('alice').run(rateTicket, { number: 1, score: 1 }),
    () => as('alice').run(replyToTicket, { number: 1, body: 'It burns again.' }),
    () => as('cleo').run(changeAccount, { id: 'acc_acme', renewsOn: '2026-01-20' }),
    () => world.db.$client.execute("update users set account_role = 'admin' where id = 'usr_alice'"),
    () => world.db.$client.execute("update tickets set account_id = 'acc_olive'"),
    () => world.db.$client.execute("delete from feedback where source = 'topic'"),
    () => world.db.$client.execute("insert into accounts (id, name, created_at) values ('acc_new', 'New', 0)"),
  ];
  const seen = new Set<string>();
  for (const [i, step] of steps.entries()) {
    await step();
    expect(await compute(world), `step ${i}`).toBeGreaterThan(0);
    const increments = await kept(world);
    await world.db.$client.execute('update account_health set due_at = 0');
    await compute(world);
    expect(await kept(world), `step ${i}`).toEqual(increments);
    await world.db.$client.execute('delete from account_health_days');
    await world.db.$client.execute('update accounts set health = null');
    await world.db.$client.execute("update account_health set due_at = 0, score = null, uncapped = null, coverage = null, colour = null, parts = '{}', caps = '[]', day = null");
    await compute(world);
    expect(await kept(world), `step ${i}`).toEqual(increments);
    seen.add(JSON.stringify(increments.shown) + JSON.stringify(increments.days));
  }
  expect(seen.size).toBeGreaterThan(8);
});

test('what happens while an account is looked at is not lost', async () => {
  const world = await stoa();
  const { gate, ...rest } = settingOf(world);
  const commit: typeof gate.commit = async (statements) => {
    await world.as('alice').run(openTicket, { subject: 'In between', body: 'Help.' });
    return gate.commit(statements);
  };
  await computeHealth.work({ ...rest, gate: { commit } });
  expect((await healthIn(world)).parts.touch).toBeUndefined();
  expect(await compute(world)).toBe(1);
  expect((await healthIn(world)).parts.touch).toMatchObject({ value: 0 });
});

test('one row a day for eighteen weeks, the last five with what they were made of; a colour holds for a day, and four weeks ago is compared', async () => {
  const world = await stoa();
  await world.as('alice').run(openTicket, { subject: 'The printer burns', body: 'Help.' });
  for (let day = 0; day <= 130; day++) await compute(at(world, day));
  const days = (await rowsOf(world, "select day, score, parts from account_health_days where account_id = 'acc_acme' order by day")) as { day: number; parts: string | null }[];
  expect(days).toHaveLength(126);
  expect(days.filter(({ parts }) => parts !== null)).toHaveLength(35);
  expect(days.at(-1)!.day - days[0]!.day).toBe(125);
  await compute(at(world, 160));
  expect((await healthIn(world)).pastDay).toBe(Math.floor(world.now.getTime() / DAY) + 130);
  const [page] = await world.as('cleo').load(daysOfHealth('acc_acme', 0));
  expect(page.length).toBeLessThanOrEqual(126);
});

test('the book goes by health, the worst first and the unknown last, and shows those at risk alone', async () => {
  const world = await stoa();
  const say = (id: string, score: number | null, colour: string | null) => world.db.$client.execute({ sql: 'insert into accounts (id, name, csm_id, created_at, health) values (?1, ?1, ?2, 0, ?3)', args: [id, score === 30 ? 'usr_cleo' : null, JSON.stringify({ score, colour, coverage: 90, way: null, byHand: false })] });
  for (const [id, score, colour] of [['acc_a', 90, 'good'], ['acc_b', 30, 'risk'], ['acc_c', 48, 'risk'], ['acc_d', null, null], ['acc_e', 60, 'watch']] as const) await say(id, score, colour);
  const all: string[] = [];
  for (let after: string | undefined; ; ) {
    const [{ items, next }] = await world.as('cleo').load(bookOfBusiness({ limit: 2, after }, 'health'));
    all.push(...items.map(({ id }) => id));
    if (!next) break;
    after = next;
  }
  expect(all).toEqual(['acc_b', 'acc_c', 'acc_e', 'acc_a', 'acc_acme', 'acc_d', 'acc_olive']);
  const only = async (mine: boolean) => (await world.as('cleo').load(bookOfBusiness({ limit: 9 }, 'health', { mine, atRisk: true })))[0].items.map(({ id }) => id);
  expect([await only(false), await only(true)]).toEqual([['acc_b', 'acc_c'], ['acc_b']]);
});
