import { expect, test } from 'vitest';
import { readTopic } from '../../worker/following/read.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { mostOf } from '../../worker/trust/access.ts';
import { RIGHTS } from '../../worker/trust/rights.ts';
import { forgetOldDays, reviewTrust } from '../../worker/trust/jobs.ts';
import { type Activity, type Lately, levelFrom } from '../../worker/trust/levels.ts';
import { trustOf } from '../../worker/trust/queries.ts';
import { setTrust } from '../../worker/trust/set.ts';
import { cast, question, SECRET, settingOf, stoa } from '../support/stoa.ts';

const [MINUTE, DAY] = [60_000, 86_400_000];

async function nobodyKnown() {
  const world = await stoa();
  const { db, now, as } = world;
  await db.$client.execute('delete from trust');
  const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  return {
    ...world,
    at,
    reads: (who: 'alice' | 'bob', number: number, upTo: number, later: number) => openPortal({ db, gate: gateOf(db), viewer: cast[who], secret: SECRET, clock: () => at(later) }).run(readTopic, { number, upTo }),
    review: (later: number) => reviewTrust.work(settingOf({ db, now: at(later) })),
    of: async (who: 'alice' | 'bob', by: keyof typeof cast = who) => (await as(by).load(trustOf(who)))[0],
  };
}

test('a page of a topic that is opened counts its posts as read, and pauses up to four minutes as time', async () => {
  const { as, reads, of } = await nobodyKnown();
  await as('agnes').run(openTopic, question);
  await as('agnes').run(openTopic, question);
  for (const body of ['One.', 'Two.']) await as('agnes').run(replyToTopic, { number: 1, body });
  await reads('alice', 1, 2, 0);
  await reads('alice', 1, 3, MINUTE);
  await reads('alice', 1, 3, MINUTE);
  await reads('alice', 2, 1, 61 * MINUTE);
  expect(await of('alice')).toMatchObject({ topics: 2, posts: 4, seconds: 60 + 240, days: 1, level: 0 });
  await reads('alice', 2, 1, DAY);
  expect(await of('alice')).toMatchObject({ topics: 2, posts: 4, seconds: 60 + 240 + 240, days: 2 });
});

test('what somebody did gives them the first and the second level, a few minutes later, and the log says so', async () => {
  const { db, of, review, at } = await nobodyKnown();
  await db.$client.execute(`insert into trust (user_id, topics, posts, seconds, days, due_at) values ('usr_alice', 5, 30, 600, 1, 1), ('usr_bob', 5, 29, 600, 1, 1)`);
  expect([await review(0), (await of('alice'))!.level, (await of('bob'))!.level, await review(0)]).toEqual([2, 1, 0, 0]);
  await db.$client.execute(`update trust set topics = 20, posts = 100, seconds = 3600, days = 15, due_at = 1 where user_id = 'usr_alice'`);
  await review(0);
  expect((await of('alice'))!.level).toBe(1);
  await db.$client.execute(`insert into topics (id, number, slug, title, category_id, author_id, last_post_at, created_at) values ('top_1', 1, 'x', 'x', 'cat_help', 'usr_bob', 1, 1), ('top_2', 2, 'x', 'x', 'cat_help', 'usr_bob', 1, 1), ('top_3', 3, 'x', 'x', 'cat_help', 'usr_bob', 1, 1)`);
  await db.$client.execute(`insert into posts (id, topic_id, number, author_id, body, created_at) select 'pst_' || id, id, 2, 'usr_alice', 'x', ${at(0).getTime()} from topics`);
  await db.$client.execute(`insert into votes (on_id, author_id, to_id, created_at) values ('pst_top_1', 'usr_bob', 'usr_alice', 1), ('x', 'usr_alice', 'usr_bob', 1)`);
  await db.$client.execute(`update trust set due_at = 1 where user_id = 'usr_alice'`);
  await review(0);
  expect((await of('alice'))!.level).toBe(2);
  expect((await db.select().from(outbox)).filter(({ type }) => type === 'person.trusted').map(({ data }) => data)).toEqual([{ person: 'usr_alice', from: 0, to: 1 }, { person: 'usr_alice', from: 1, to: 2 }]);
});

test('a regular is measured over a hundred days, and stays one for two weeks of doing less', async () => {
  const { db, of, review, at } = await nobodyKnown();
  const today = Math.floor(at(0).getTime() / DAY);
  await db.$client.execute(`insert into trust (user_id, level, topics, posts, seconds, days, due_at) values ('usr_alice', 2, 200, 500, 3600, 60, 1)`);
  await db.$client.execute(`with recursive n(i) as (select 0 union all select i + 1 from n where i < 49) insert into trust_days (user_id, day, topics, posts) select 'usr_alice', ${today} - i, 4, 10 from n`);
  await db.$client.execute(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 10) insert into topics (id, number, slug, title, category_id, author_id, last_post_at, created_at) select 'top_' || i, i, 'x', 'x', 'cat_help', 'usr_bob', 1, 1 from n`);
  await db.$client.execute(`insert into posts (id, topic_id, number, author_id, body, created_at) select 'pst_' || id, id, 2, 'usr_alice', 'x', ${at(-DAY).getTime()} from topics`);
  await db.$client.execute(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 30) insert into votes (on_id, author_id, to_id, created_at) select 'given' || i, 'usr_alice', 'usr_bob', ${at(-DAY).getTime()} from n`);
  for (const [i, who] of ['usr_bob', 'usr_carol', 'usr_mara', 'usr_lena', 'usr_agnes'].entries()) await db.$client.execute(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 4) insert into votes (on_id, author_id, to_id, created_at) select 'got' || ${i} || '-' || i, '${who}', 'usr_alice', ${at(0).getTime()} - (${i} * 4 + i) * ${DAY} from n`);
  await review(0);
  expect(await of('alice')).toMatchObject({ level: 3, slippedAt: null });
  await db.$client.execute('delete from trust_days where day % 2 = 0');
  await review(DAY);
  expect(await of('alice')).toMatchObject({ level: 3, slippedAt: at(DAY) });
  await review(14 * DAY);
  expect((await of('alice'))!.level).toBe(3);
  await review(16 * DAY);
  expect(await of('alice')).toMatchObject({ level: 2, slippedAt: null });
  expect(await forgetOldDays.work(settingOf({ db, now: at(200 * DAY) }))).toBe(25);
});

const nothing: Lately = { days: 0, topics: 0, posts: 0, replies: 0, given: 0, received: 0, givers: 0, receivedDays: 0, topicsThere: 0, postsThere: 0, flagged: 0, flaggers: 0, isSuspended: false };
const all: Lately = { ...nothing, days: 50, topics: 500, posts: 20_000, replies: 10, given: 30, received: 20, givers: 5, receivedDays: 7, topicsThere: 9_000, postsThere: 90_000 };

test('who does more is never trusted less; only regulars lose a level, and reports or a suspension keep it from anybody', () => {
  const now = new Date(0);
  const most: Activity = { topics: 300, posts: 900, seconds: 9_000, days: 90, given: 9, received: 9, replies: 9 };
  const part = (share: number) => Object.fromEntries(Object.entries(most).map(([name, value]) => [name, Math.floor(value * share)])) as unknown as Activity;
  for (const level of [0, 1, 2, 3, 4]) {
    const levels = Array.from({ length: 41 }, (_, i) => levelFrom({ level, slippedAt: null }, part(i / 40), i === 40 ? all : nothing, now).level);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(Math.min(...levels)).toBeGreaterThanOrEqual(level);
    expect(levels.at(-1)).toBe(Math.max(3, level));
  }
  for (const bad of [{ flagged: 6 }, { flaggers: 6 }, { isSuspended: true }, { givers: 4 }, { receivedDays: 6 }, { topics: 499 }]) expect(levelFrom({ level: 2, slippedAt: null }, most, { ...all, ...bad }, now).level).toBe(2);
  expect(levelFrom({ level: 3, slippedAt: null }, most, { ...all, days: 45, given: 27 }, now)).toEqual({ level: 3, slippedAt: null });
  expect(levelFrom({ level: 3, slippedAt: null }, most, { ...all, days: 44 }, now)).toEqual({ level: 3, slippedAt: now });
  for (const right of Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]) for (const level of [1, 2, 3, 4]) expect(mostOf(right, level)).toBeGreaterThanOrEqual(mostOf(right, level - 1));
});

test('members of paying accounts start with the first level, or as a workspace says; who works here has the last; a level by hand stays', async () => {
  const { as, db, of, review } = await nobodyKnown();
  await db.$client.execute("update accounts set plan = case id when 'acc_acme' then 'Pro' else 'Free' end");
  expect([(await of('alice'))!.level, (await of('bob'))!.level, (await as('agnes').load(trustOf('agnes')))[0]!.level]).toEqual([1, 0, 4]);
  await db.$client.execute(`insert into settings (key, value) values ('moderation_rules', '{"memberLevel":2}')`);
  expect((await of('alice'))!.level).toBe(2);
  await as('mara').run(setTrust, { handle: 'alice', level: '0' });
  await db.$client.execute("update trust set topics = 99, posts = 99, seconds = 9999, due_at = 1");
  await review(0);
  expect(await of('alice')).toMatchObject({ level: 0, isLocked: true });
  await as('mara').run(setTrust, { handle: 'alice', level: 'automatic' });
  await review(0);
  expect(await of('alice')).toMatchObject({ level: 2, isLocked: false });
  expect((await db.select().from(outbox)).map(({ type, actorId }) => [type, actorId])).toEqual([['person.trusted', 'usr_mara'], ['person.trusted', 'usr_mara'], ['person.trusted', 'system']]);
});

test('everyone knows their own level, moderators everybody’s, and give them; others find nobody', async () => {
  const { as, of } = await nobodyKnown();
  expect([await of('alice', 'bob'), await of('alice', 'visitor'), (await of('alice', 'mara'))!.level]).toEqual([undefined, undefined, 0]);
  await expect(as('bob').run(setTrust, { handle: 'alice', level: '2' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(setTrust, { handle: 'alice', level: '4' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(setTrust, { handle: 'alice', level: '4' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('mara', { scopes: { categories: ['cat_help'] } }).run(setTrust, { handle: 'alice', level: '2' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('mara').run(setTrust, { handle: 'alice', level: '9' })).rejects.toMatchObject({ issues: { level: 'Choose a level.' } });
});
