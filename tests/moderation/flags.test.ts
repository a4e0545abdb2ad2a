import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, postsPage, topicByNumber } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { claimReview } from '../../worker/moderation/claim.ts';
import { decideReview } from '../../worker/moderation/decide.ts';
import { learnThreshold } from '../../worker/moderation/jobs.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { lockTopic } from '../../worker/moderation/lock.ts';
import { reasonsInTopic, reviewsDone, reviewsToDo } from '../../worker/moderation/records.ts';
import { hidesAt, learnedFrom, weightOf } from '../../worker/moderation/weight.ts';
import { searched } from '../../worker/search/queries.ts';
import { newsroom } from '../notifications/support.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { editPost } from '../../worker/posts/edit.ts';
import { cast, question, SECRET, settingOf, stoa } from '../support/stoa.ts';

async function spammed() {
  const world = await newsroom();
  await world.as('alice').run(openTopic, question);
  const { id } = await world.as('bob').run(replyToTopic, { number: 1, body: 'Buy zebra.' });
  const shown = async (who: 'visitor' | 'alice' | 'bob' | 'mara') => JSON.stringify(await world.as(who).load(postsOfTopic(1, 1), postsPage({ limit: 9 }, 1), searched('zebra', { locale: 'en', limit: 5 }))).includes('zebra');
  return { ...world, post: id, shown };
}

test('a flag comes into the queue of moderators, urgent first; who gave it is told to nobody else, and nobody flags twice or themself', async () => {
  const { as, post, shown } = await spammed();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  await expect(as('alice').run(flagPost, { post, kind: 'spam' })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(as('bob').run(flagPost, { post, kind: 'spam' })).rejects.toMatchObject({ reason: 'invalid' });
  await expect(as('carol').run(flagPost, { post, kind: 'other' })).rejects.toMatchObject({ reason: 'invalid', issues: { words: 'Say what is wrong with it.' } });
  await expect(as('carol').run(flagPost, { post, kind: 'nonsense' })).rejects.toMatchObject({ reason: 'invalid', issues: { kind: 'Choose what is wrong with it.' } });
  await expect(as('visitor').run(flagPost, { post, kind: 'spam' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('carol').run(flagPost, { post: 'pst_nowhere', kind: 'spam' })).rejects.toMatchObject({ reason: 'not_found' });
  const [[first]] = await as('alice').load(postsOfTopic(1, 1));
  await as('carol').run(flagPost, { post: first!.id, kind: 'illegal', words: 'See the law.' });
  const [queue] = await as('mara').load(reviewsToDo(50));
  expect(queue.map(({ isUrgent, author, flags }) => [isUrgent, author, flags])).toEqual([[true, 'alice', [{ kind: 'illegal', words: 'See the law.', by: 'carol' }]], [false, 'bob', [{ kind: 'spam', words: '', by: 'alice' }]]]);
  for (const who of ['visitor', 'alice', 'bob', 'lena'] as const) expect((await as(who).load(reviewsToDo(50), reviewsDone(50))).flat()).toEqual([]);
  expect((await as('mara', { scopes: { categories: ['cat_other'] } }).load(reviewsToDo(50)))[0]).toEqual([]);
  expect(await shown('visitor')).toBe(true);
});

test('flags that weigh enough hide a post at once; its author reads why and is told once, without a name', async () => {
  const { as, post, shown, deliver, told, db } = await spammed();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  await as('lena').run(flagPost, { post, kind: 'spam' });
  expect(await shown('visitor')).toBe(true);
  await as('carol').run(flagPost, { post, kind: 'off_topic' });
  await as('agnes').run(flagPost, { post, kind: 'spam' });
  await deliver();
  expect([await shown('visitor'), await shown('alice'), await shown('bob'), await shown('mara')]).toEqual([false, false, true, true]);
  expect((await told('bob')).filter(([kind]) => kind === 'editable')).toEqual([['editable', 'How do I print?', 2]]);
  expect((await db.$client.execute("select actor_id from notifications where kind = 'editable'")).rows.map((row) => row['actor_id'])).toEqual([null]);
  const reasons = async (who: 'bob' | 'alice' | 'visitor') => (await as(who).load(reasonsInTopic(1, 1, 20)))[0].map(({ kinds, isAutomatic }) => [kinds.sort(), isAutomatic]);
  expect([await reasons('bob'), await reasons('alice'), await reasons('visitor')]).toEqual([[[['off_topic', 'spam'], true]], [[['off_topic', 'spam'], true]], []]);
});

/** Four people flagged Bob’s post, which hid it; `at` is what somebody can do so many minutes later. */
async function hidden() {
  const world = await spammed();
  const { db, now, as, post, shown } = world;
  const at = (minutes: number, who: keyof typeof cast, more = {}) => openPortal({ db, gate: gateOf(db), viewer: { ...cast[who], ...more }, secret: SECRET, clock: () => new Date(now.getTime() + minutes * 60_000) });
  for (const [who, kind] of [['alice', 'spam'], ['lena', 'spam'], ['carol', 'off_topic'], ['agnes', 'spam']] as const) await as(who).run(flagPost, { post, kind });
  expect(await shown('visitor')).toBe(false);
  return { ...world, at };
}

test('its author shows again by a change what flags hid, once, ten minutes later at the earliest; a further flag hides it, and then moderators alone show it', async () => {
  const { as, at, post, shown, deliver, told, db } = await hidden();
  const comesBack = async () => (await as('bob').load(reasonsInTopic(1, 1, 20)))[0].at(-1)?.comesBack;
  expect(await comesBack()).toBe(true);
  await at(9, 'bob').run(editPost, { post, body: 'Buy a zebra, please.' });
  await at(11, 'bob').run(editPost, { post, body: 'Buy a zebra, please.' });
  await at(11, 'mara').run(editPost, { post, body: 'Buy a zebra.' });
  expect(await shown('visitor')).toBe(false);
  await at(12, 'bob').run(editPost, { post, body: 'I like my zebra.' });
  expect([await shown('visitor'), (await as('mara').load(reviewsToDo(9)))[0].map(({ shownAgainAt, flags }) => [shownAgainAt !== null, flags.length])]).toEqual([true, [[true, 4]]]);
  expect((await db.$client.execute('select number, body from post_versions order by number')).rows.map((row) => row['body'])).toEqual(['Buy zebra.', 'Buy a zebra, please.', 'Buy a zebra.']);
  await at(13, 'cleo').run(flagPost, { post, kind: 'illegal' });
  expect(await shown('visitor')).toBe(true);
  await at(14, 'ada').run(flagPost, { post, kind: 'off_topic' });
  expect([await shown('visitor'), await comesBack()]).toEqual([false, false]);
  await at(40, 'bob').run(editPost, { post, body: 'A zebra, then.' });
  expect(await shown('visitor')).toBe(false);
  await deliver();
  expect((await told('bob')).map(([kind]) => kind).sort()).toEqual(['editable', 'hidden']);
  const { revision } = (await as('mara').load(reviewsToDo(9)))[0][0]!;
  await as('mara').run(decideReview, { post, version: revision, decision: 'ignore' });
  expect(await shown('visitor')).toBe(true);
  expect((await db.$client.execute('select action, is_automatic from moderation_log order by created_at, id')).rows.map((row) => `${row['action']} ${row['is_automatic']}`).sort()).toEqual(['hidden 1', 'hidden 1', 'locked 1', 'shown 0', 'shown 1']);
});

test('what moderators hid does not come back by a change; nor does the word of accounts younger than a week, beyond two, hide anew what did', async () => {
  const { as, at, post, shown, db, now } = await hidden();
  await at(12, 'bob').run(editPost, { post, body: 'I like my zebra.' });
  for (let i = 0; i < 4; i++) await db.$client.execute({ sql: "insert into users (id, email, name, handle, created_at) values (?, ?, 'New', ?, ?)", args: [`usr_new${i}`, `new${i}@example.org`, `new${i}`, now.getTime() - 86_400_000] });
  await db.$client.execute("update flags set is_new = 1 where author_id in ('usr_alice', 'usr_carol')");
  for (let i = 0; i < 4; i++) await at(13, 'alice', { id: `usr_new${i}` }).run(flagPost, { post, kind: 'off_topic' });
  expect(await shown('visitor')).toBe(true);
  const { revision } = (await as('mara').load(reviewsToDo(9)))[0][0]!;
  await as('mara').run(decideReview, { post, version: revision, decision: 'agree' });
  await at(60, 'bob').run(editPost, { post, body: 'My zebra is well.' });
  expect(await shown('visitor')).toBe(false);
});

test('peers may look at what flags hid, visitors may not; nobody looks at what may be illegal or hurts', async () => {
  const { as, post } = await hidden();
  const seen = async (who: keyof typeof cast) => (await as(who).load(reasonsInTopic(1, 1, 20)))[0].map(({ html, body }) => html ?? body);
  expect([await seen('alice'), await seen('bob'), await seen('mara'), await seen('visitor')]).toEqual([['<p>Buy zebra.</p>\n'], [null], [null], []]);
  for (const kind of ['inappropriate', 'illegal']) {
    const world = await hidden();
    await world.as('cleo').run(flagPost, { post: world.post, kind });
    expect((await world.as('alice').load(reasonsInTopic(1, 1, 20)))[0]).toEqual([]);
  }
  const { revision } = (await as('mara').load(reviewsToDo(9)))[0][0]!;
  await as('mara').run(decideReview, { post, version: revision, decision: 'agree' });
  expect(await seen('alice')).toEqual([]);
});

test('a flag for being illegal hides nothing by its weight; of accounts younger than a week two count', async () => {
  const { as, post, shown, db } = await spammed();
  await as('agnes').run(flagPost, { post, kind: 'illegal' });
  await as('cleo').run(flagPost, { post, kind: 'illegal' });
  expect(await shown('visitor')).toBe(true);
  const { now } = await stoa();
  for (let i = 0; i < 12; i++) {
    await db.$client.execute({ sql: "insert into users (id, email, name, handle, created_at) values (?, ?, 'New', ?, ?)", args: [`usr_new${i}`, `new${i}@example.org`, `new${i}`, now.getTime() - 86_400_000] });
    await as('alice', { id: `usr_new${i}` }).run(flagPost, { post, kind: 'spam' });
  }
  expect((await as('mara').load(reviewsToDo(50)))[0][0]?.score).toBe(2);
  expect(await shown('visitor')).toBe(true);
});

test('a moderator takes it, decides once, and says why; disagreeing shows it again', async () => {
  const { as, post, shown, deliver, told } = await spammed();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  const [[another]] = await as('alice').load(postsOfTopic(1, 1));
  await as('lena').run(flagPost, { post: another!.id, kind: 'off_topic' });
  const version = async () => (await as('mara').load(reviewsToDo(50)))[0].find(({ postId }) => postId === post)!.revision;
  const seen = await version();
  await as('mara').run(claimReview, { post, version: seen });
  await expect(as('agnes').run(decideReview, { post, version: seen, decision: 'ignore' })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(as('alice').run(decideReview, { post, version: seen, decision: 'ignore' })).rejects.toMatchObject({ reason: 'not_found' });
  await as('mara').run(decideReview, { post, version: await version(), decision: 'agree', words: 'No advertising.' });
  await deliver();
  expect([await shown('visitor'), (await as('mara').load(reviewsToDo(50)))[0].length, (await as('mara').load(reviewsDone(9)))[0].map(({ status, words, decider }) => [status, words, decider])]).toEqual([false, 1, [['agree', 'No advertising.', 'mara']]]);
  expect((await as('bob').load(reasonsInTopic(1, 1, 20)))[0].map(({ kinds, words, isAutomatic }) => [kinds, words, isAutomatic])).toEqual([[['spam'], 'No advertising.', false]]);
  await as('carol').run(flagPost, { post, kind: 'spam' });
  await as('agnes').run(decideReview, { post, version: await version(), decision: 'disagree' });
  await deliver();
  expect(await shown('visitor')).toBe(true);
  expect((await told('bob')).map(([kind]) => kind).sort()).toEqual(['hidden', 'shown']);
});

test('one person who does not work here never hides a post alone; being right weighs more, being wrong less', () => {
  const of = (agreed: number, disagreed: number, isStaff = false, level = 0) => weightOf({ isStaff, level, agreed, disagreed });
  for (let n = 0; n < 5_000; n += 7) expect(of(n, 0, false, 2)).toBeLessThan(hidesAt('medium'));
  expect([of(0, 0), of(5, 0), of(0, 0, false, 2), of(0, 0, true)]).toEqual([1, 1, 3, 6]);
  expect(of(16, 0)).toBeGreaterThan(of(14, 2));
  expect([of(0, 64), of(0, 64, true) >= 0]).toEqual([0, true]);
});

test('a flag never weighs less for being more trusted, nor more in all for being less right', () => {
  for (let n = 0; n < 400; n++) {
    const [agreed, disagreed] = [(n * 7) % 40, (n * 13) % 25];
    const weights = [0, 1, 2, 3, 4].map((level) => weightOf({ isStaff: false, level, agreed, disagreed }));
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(weightOf({ isStaff: false, level: 1, agreed, disagreed: disagreed + 1 })).toBeLessThanOrEqual(weightOf({ isStaff: false, level: 1, agreed: agreed + 1, disagreed }));
    expect(weights[0]).toBeGreaterThanOrEqual(0);
    for (const level of [0, 1, 2, 3, 4]) expect(weightOf({ isStaff: false, level, agreed, disagreed, isHeavy: true })).toBeGreaterThanOrEqual(weights[level]!);
  }
});

test('nobody below the third level hides alone, whatever they were right about, say it is, or a workspace chose', async () => {
  for (let n = 0; n < 1_500; n++) {
    const [level, agreed, disagreed, isHeavy] = [n % 3, (n * 37) % 4_001, (n * 11) % 53, n % 2 === 0];
    expect(weightOf({ isStaff: false, level, agreed, disagreed, isHeavy })).toBeLessThan(hidesAt('medium'));
  }
  for (const [i, kind] of ['spam', 'off_topic', 'inappropriate', 'other'].entries()) {
    const { as, post, shown, db } = await spammed();
    await db.$client.execute({ sql: `insert into settings (key, value) values ('moderation_rules', ?), ('flags_learned', '{"high":1,"at":0}')`, args: [JSON.stringify({ sensitivity: 'high', heavy: kind === 'spam' ? '' : kind })] });
    await db.$client.execute(`update trust set level = case user_id when 'usr_bob' then 0 else ${i % 3} end`);
    await as('alice').run(flagPost, { post, kind, words: 'So it is.' });
    expect(await shown('visitor')).toBe(true);
  }
});

test('what a workspace chose counts more', async () => {
  const { as, post, db } = await spammed();
  await db.$client.execute(`insert into settings (key, value) values ('moderation_rules', '{"heavy":"inappropriate"}')`);
  await as('alice').run(flagPost, { post, kind: 'inappropriate' });
  await as('carol').run(flagPost, { post, kind: 'spam' });
  const weights = (await db.$client.execute('select kind, weight - level as more from flags order by kind')).rows.map((row) => [row['kind'], row['more']]);
  expect(weights).toEqual([['inappropriate', 3], ['spam', 1]]);
});

test('a moderator hides with a report and decides about it, with reasons and five more; nobody else does', async () => {
  const { as, post, shown, deliver, told, db } = await spammed();
  await as('carol').run(flagPost, { post, kind: 'spam', act: 'on' });
  expect(await shown('visitor')).toBe(true);
  await as('mara').run(flagPost, { post, kind: 'spam', words: 'No advertising.', act: 'on' });
  await deliver();
  expect([await shown('visitor'), (await as('mara').load(reviewsToDo(9)))[0]]).toEqual([false, []]);
  expect((await as('mara').load(reviewsDone(9)))[0].map(({ status, words, decider }) => [status, words, decider])).toEqual([['agree', 'No advertising.', 'mara']]);
  expect((await as('bob').load(reasonsInTopic(1, 1, 20)))[0].map(({ kinds, words, isAutomatic, comesBack }) => [kinds, words, isAutomatic, comesBack])).toEqual([[['spam'], 'No advertising.', false, false]]);
  expect((await told('bob')).filter(([kind]) => kind === 'hidden')).toHaveLength(1);
  expect((await db.$client.execute("select weight, outcome from flags order by weight")).rows.map((row) => [row['weight'], row['outcome']])).toMatchObject([[expect.any(Number), 'agree'], [11, 'agree']]);
  expect((await db.$client.execute('select action, is_automatic from moderation_log')).rows).toMatchObject([{ action: 'hidden', is_automatic: 0 }]);
});

test('what hides a post is the median of what moderators agreed with, once there is enough of it', () => {
  expect(learnedFrom(Array.from({ length: 19 }, () => 3))).toBe(12.5);
  expect(learnedFrom([...Array.from({ length: 10 }, () => 4), ...Array.from({ length: 11 }, () => 9)])).toBe(9);
  expect([hidesAt('low'), hidesAt('medium'), hidesAt('high'), hidesAt('off')]).toEqual([12.5, 8.33, 4.17, Number.POSITIVE_INFINITY]);
});

test('however sensitive a workspace is, one person below the third level hides nothing alone; two do, and one regular hides the advertising of somebody new', async () => {
  const { as, post, shown, db } = await spammed();
  await db.$client.execute(`insert into settings (key, value) values ('moderation_rules', '{"sensitivity":"high"}'), ('flags_learned', '{"high":5,"at":0}')`);
  await db.$client.execute("update trust set level = 2 where user_id in ('usr_alice', 'usr_carol')");
  await as('alice').run(flagPost, { post, kind: 'spam' });
  expect(await shown('visitor')).toBe(true);
  await as('carol').run(flagPost, { post, kind: 'off_topic' });
  expect(await shown('visitor')).toBe(false);
  const world = await spammed();
  await world.db.$client.execute("update trust set level = case user_id when 'usr_bob' then 0 else 3 end");
  await world.as('alice').run(flagPost, { post: world.post, kind: 'off_topic' });
  expect(await world.shown('visitor')).toBe(true);
  await world.as('carol').run(flagPost, { post: world.post, kind: 'spam' });
  expect(await world.shown('visitor')).toBe(false);
});

test('the threshold is learned once a week, from what was agreed with', async () => {
  const { db, as, now, post } = await spammed();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  await db.$client.execute(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 21) insert into posts (id, topic_id, number, author_id, body, created_at) select 'pst_x' || i, (select topic_id from posts limit 1), i + 2, 'usr_bob', 'x', 1 from n`);
  await db.$client.execute(`insert into reviews (post_id, status, score, opened_at, decided_at) select id, 'agree', 7, 1, 1 from posts where id like 'pst_x%'`);
  const learned = async (at: Date) => [await learnThreshold.work(settingOf({ db, now: at })), (await db.$client.execute("select value ->> 'high' as high from settings where key = 'flags_learned'")).rows[0]?.['high']];
  expect(await learned(now)).toEqual([1, 7]);
  expect(await learned(new Date(now.getTime() + 86_400_000))).toEqual([0, 7]);
  expect(await learned(new Date(now.getTime() + 8 * 86_400_000))).toEqual([1, 7]);
});

test('a topic that five people flag is locked by the rule, with reasons; who opens it again is not overruled by the same flags', async () => {
  const { as, db, now, deliver, told } = await newsroom();
  await as('alice').run(openTopic, question);
  const posts: string[] = [];
  for (const [i, who] of (['bob', 'carol', 'mara', 'cleo'] as const).entries()) posts.push((await as(who).run(replyToTopic, { number: 1, body: `Heat ${i}.` })).id);
  const at = (minutes: number) => (who: 'agnes' | 'lena' | 'ada' | 'cleo' | 'mara' | 'bob', post: string) => openPortal({ db, gate: gateOf(db), viewer: cast[who], secret: SECRET, clock: () => new Date(now.getTime() + minutes * 60_000) }).run(flagPost, { post, kind: 'off_topic' });
  const isLocked = async () => (await as('visitor').load(topicByNumber(1)))[0].lockedAt !== null;
  const statements = () => db.$client.execute("select user_id, is_automatic, kinds, mail from statements_of_reasons where action = 'locked'").then(({ rows }) => rows.map((row) => [row['user_id'], row['is_automatic'], row['kinds'], row['mail']]));
  for (const [who, post] of [['agnes', 0], ['lena', 1], ['ada', 2], ['agnes', 1], ['ada', 0], ['cleo', 0]] as const) await at(1)(who, posts[post]!);
  expect([await isLocked(), await statements()]).toEqual([false, []]);
  await at(2)('bob', posts[1]!);
  expect([await isLocked(), await statements()]).toEqual([true, [['usr_alice', 1, '["off_topic"]', 'due']]]);
  await deliver();
  expect((await told('alice')).map(([kind]) => kind)).toContain('locked');
  expect((await db.$client.execute("select action, is_automatic from moderation_log where action = 'locked'")).rows).toMatchObject([{ action: 'locked', is_automatic: 1 }]);
  await as('mara').run(lockTopic, { number: 1, locked: 'no' });
  await at(3)('lena', posts[3]!);
  expect([await isLocked(), (await statements()).length]).toEqual([false, 1]);
});
