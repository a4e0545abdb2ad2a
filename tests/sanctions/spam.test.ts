import { expect, test } from 'vitest';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { openIdea } from '../../worker/ideas/open.ts';
import { ideaByNumber, ideasPage } from '../../worker/ideas/queries.ts';
import { voteOnIdea } from '../../worker/ideas/vote.ts';
import { postsOfTopic, topicByNumber, topicsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { decideReview } from '../../worker/moderation/decide.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { reviewsToDo } from '../../worker/moderation/records.ts';
import { deleteSpammer } from '../../worker/sanctions/delete-spammer.ts';
import { hostsIn } from '../../worker/sanctions/hosts.ts';
import { liftSanction } from '../../worker/sanctions/lift.ts';
import { searched } from '../../worker/search/queries.ts';
import { suspendPerson } from '../../worker/sanctions/suspend.ts';
import { voteOnPost } from '../../worker/posts/vote.ts';
import { signUp } from '../../worker/signin/sign-up.ts';
import { newsroom } from '../notifications/support.ts';
import { question } from '../support/stoa.ts';

/** Bob is here since a day and has written in a topic of his own and in Alice’s. */
async function market() {
  const world = await newsroom();
  const { as, db, now } = world;
  await db.$client.execute({ sql: "update users set created_at = ? where id = 'usr_bob'", args: [now.getTime() - 86_400_000] });
  await as('alice').run(openTopic, question);
  const { id: post } = await as('bob').run(replyToTopic, { number: 1, body: 'Buy zebra at https://www.zebra.example/now' });
  await as('bob').run(openTopic, { ...question, title: 'Cheap zebra', body: 'Here: http://more.example.' });
  await as('bob').run(openIdea, { title: 'Sell zebra here', body: 'At https://idea.example.' });
  await as('alice').run(openIdea, { title: 'Print on both sides', body: 'It saves paper.' });
  const seen = async (who: 'visitor' | 'alice' | 'mara' = 'visitor') => {
    const [posts, topics, found] = await as(who).load(postsOfTopic(1, 1), topicsPage({ limit: 9 }, {}), searched('zebra', { locale: 'en', limit: 5 }));
    return [/zebra/.test(JSON.stringify(posts)), topics.items.length, /zebra/i.test(JSON.stringify(found))];
  };
  return { ...world, post, seen };
}

const LOGS = new Set(['outbox', 'once', 'attempts', 'migrations', 'sqlite_sequence', 'sanctions', 'statements_of_reasons', 'moderation_log', 'mails', 'notifications', 'account_health', 'marks']);

async function everything(db: Awaited<ReturnType<typeof market>>['db']) {
  const { rows } = await db.$client.execute("select name from sqlite_master where type = 'table'");
  const names = rows.map((row) => String(row['name'])).filter((name) => !LOGS.has(name));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await db.$client.execute(`select * from "${name}"`)).rows.map((row) => JSON.stringify(row, (_, value: unknown) => (value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : value))).sort()] as const)));
}

test('three people who say that a new account advertises silence it and hide all it wrote; disagreeing gives everything back', async () => {
  const { as, db, post, seen, deliver, told } = await market();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  await as('lena').run(flagPost, { post, kind: 'off_topic' });
  const before = (await db.$client.execute("select hidden_at from posts order by id")).rows.map(String);
  expect(await seen()).toEqual([true, 2, true]);
  await db.$client.execute("insert into users (id, email, name, handle, created_at) values ('usr_dan', 'dan@example.org', 'Dan', 'dan', 0)");
  await as('alice', { id: 'usr_dan', handle: 'dan' }).run(flagPost, { post, kind: 'spam' });
  expect(await seen()).toEqual([false, 2, true]);
  await as('cleo').run(flagPost, { post: (await as('bob').load(postsOfTopic(2, 1)))[0][0]!.id, kind: 'spam' });
  await deliver();
  expect(await seen()).toEqual([false, 2, false]);
  expect((await db.$client.execute("select kind, code, by_id from sanctions")).rows).toMatchObject([{ kind: 'silence', code: 'spam', by_id: null }]);
  expect(Number((await db.$client.execute("select silenced_until from users where id = 'usr_bob'")).rows[0]!['silenced_until'])).toBeGreaterThan(Date.now());
  expect((await told('bob')).map(([kind]) => kind)).toContain('silenced');
  const review = (await as('mara').load(reviewsToDo(9)))[0].find(({ postId }) => postId === post)!;
  await as('mara').run(decideReview, { post, version: review.revision, decision: 'disagree' });
  expect([await seen(), (await db.$client.execute("select silenced_until from users where id = 'usr_bob'")).rows[0]!['silenced_until'], before.length]).toEqual([[true, 2, true], null, 3]);
});

test('an account that is here for long, or fewer than three people, silences nobody; of new accounts two count', async () => {
  const { as, db, now, post } = await market();
  const flaggers = Array.from({ length: 6 }, (_, i) => `usr_new${i}`);
  for (const id of flaggers) {
    await db.$client.execute({ sql: 'insert into users (id, email, name, handle, created_at) values (?, ?, ?, ?, ?)', args: [id, `${id}@example.org`, id, id, now.getTime() - 3_600_000] });
    await as('alice', { id }).run(flagPost, { post, kind: 'spam' });
  }
  expect((await db.$client.execute('select 1 from sanctions')).rows).toEqual([]);
  await db.$client.execute("update users set created_at = 0 where id = 'usr_bob'");
  for (const who of ['alice', 'carol', 'agnes'] as const) await as(who).run(flagPost, { post, kind: 'spam' });
  expect((await db.$client.execute('select 1 from sanctions')).rows).toEqual([]);
});

test('deleting a spammer takes everything of theirs from view and shuts them out; undoing it is as if it had never been', async () => {
  const { as, db, post, seen, deliver } = await market();
  await as('alice').run(flagPost, { post, kind: 'spam' });
  for (const [who, value] of [['bob', 'down'], ['carol', 'up']] as const) await as(who).run(voteOnPost, { post: (await as('bob').load(postsOfTopic(1, 1)))[0][0]!.id, value });
  await as('bob').run(voteOnIdea, { number: 2, isFor: true });
  await db.$client.execute("insert into sessions (id, user_id, expires_at, created_at, place) values ('ses', 'usr_bob', 9e12, 0, '203.0.113.0')");
  await deliver();
  const fresh = { provedAt: Number.POSITIVE_INFINITY };
  const before = await everything(db);
  await expect(as('ada').run(deleteSpammer, { person: 'bob', posts: 2 })).rejects.toMatchObject({ reason: 'stale' });
  await expect(as('mara', fresh).run(deleteSpammer, { person: 'bob', posts: 2 })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('ada', fresh).run(deleteSpammer, { person: 'bob', posts: 1 })).rejects.toMatchObject({ reason: 'conflict' });
  for (let round = 0; round < 2; round++) {
    const { sanction } = await as('ada', fresh).run(deleteSpammer, { person: 'bob', posts: 2 });
    expect([await seen(), await seen('mara')]).toEqual([[false, 1, false], [true, 1, true]]);
    expect([(await as('carol').load(postsOfTopic(1, 1)))[0].map(({ ups, downs }) => [ups, downs])[0], (await as('carol').load(ideaByNumber(2)))[0].votes]).toEqual([[1, 0], 0]);
    await expect(as('mara').load(topicByNumber(2))).rejects.toMatchObject({ reason: 'not_found' });
    expect((await as('mara').load(ideasPage({ limit: 9 })))[0].items.map(({ title }) => title)).toEqual(['Print on both sides']);
    await expect(as('ada').load(ideaByNumber(1))).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as('alice').run(voteOnIdea, { number: 1, isFor: true })).rejects.toMatchObject({ reason: 'not_found' });
    expect((await db.$client.execute('select kind, value from blocks order by kind, value')).rows.map((row) => [row['kind'], row['value']])).toEqual([['email', 'bob@example.org'], ['link', 'idea.example'], ['link', 'more.example'], ['link', 'zebra.example'], ['network', '203.0.113.0']]);
    await expect(as('visitor').run(signUp, { name: 'Bob', email: 'Bob@example.org', password: 'long enough words', browser: 'a browser of these tests', network: 'n', https: false, url: 'http://stoa.test' })).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(as('ada', fresh).run(deleteSpammer, { person: 'bob', posts: 2 })).rejects.toMatchObject({ reason: 'conflict' });
    await as('ada').run(liftSanction, { sanction });
    expect(await everything(db)).toEqual(before);
  }
  await as('ada').run(suspendPerson, { person: 'bob', code: 'spam', words: 'Stop.', days: '30' });
  const suspended = await everything(db);
  const { sanction } = await as('ada', fresh).run(deleteSpammer, { person: 'bob', posts: 2 });
  await as('ada').run(liftSanction, { sanction });
  expect(await everything(db)).toEqual(suspended);
});

test('who works here or gave accepted answers is no spammer; after seven days it stays', async () => {
  const { as, db, now } = await market();
  const fresh = { provedAt: Number.POSITIVE_INFINITY };
  await expect(as('ada', fresh).run(deleteSpammer, { person: 'mara', posts: 9 })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(as('ada', fresh).run(deleteSpammer, { person: 'nobody', posts: 9 })).rejects.toMatchObject({ reason: 'not_found' });
  const { sanction } = await as('ada', fresh).run(deleteSpammer, { person: 'bob', posts: 2 });
  await db.$client.execute({ sql: 'update sanctions set created_at = ?', args: [now.getTime() - 8 * 86_400_000] });
  await expect(as('ada').run(liftSanction, { sanction })).rejects.toMatchObject({ reason: 'conflict' });
  for (const title of ['One', 'Two']) {
    const { number } = await as('alice').run(openTopic, { ...question, title });
    const { id } = await as('carol').run(replyToTopic, { number, body: 'So.' });
    await as('alice').run(acceptAnswer, { number, post: id });
  }
  await expect(as('ada', fresh).run(deleteSpammer, { person: 'carol', posts: 9 })).rejects.toMatchObject({ reason: 'conflict' });
});

test('hosts are found in links of every kind, once each', () => {
  expect(hostsIn(['[a](https://A.example/x) http://www.a.example', 'see <https://b.example:8443/y?z> or http://c', 'https://own.example/'], 'own.example')).toEqual(['a.example', 'b.example']);
});
