import { expect, test } from 'vitest';
import { keepCategory } from '../../worker/categories/keep.ts';
import { changeTopic } from '../../worker/forum/change.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { mergeTopic } from '../../worker/moderation/merge.ts';
import { splitTopic } from '../../worker/moderation/split.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { NOTHING } from '../../worker/platform/viewer.ts';
import { removePost } from '../../worker/posts/remove.ts';
import { restorePost } from '../../worker/posts/restore.ts';
import { questionsCounted, questionsWaiting } from '../../worker/questions/queries.ts';
import { deleteSpammer } from '../../worker/sanctions/delete-spammer.ts';
import { liftSanction } from '../../worker/sanctions/lift.ts';
import { cast, SECRET, type Stoa, stoa } from '../support/stoa.ts';

const HOUR = 3_600_000;
const help = { id: 'cat_help', name: 'Help', slug: 'help' };
const question = { category: 'help', body: 'What?', kind: 'question' };
const waiting = async ({ as }: Pick<Stoa, 'as'>) => (await as('agnes').load(questionsWaiting({ limit: 50 })))[0].items;

test('where an answer is promised, questions wait with a time they are due, until somebody else writes', async () => {
  const it = await stoa();
  const { as, now } = it;
  await as('ada').run(keepCategory, { ...help, answerWithin: '4' });
  const asked = await as('alice').run(openTopic, { ...question, title: 'How do I?' });
  await as('alice').run(openTopic, { ...question, kind: 'discussion', title: 'Hello' });
  expect(await waiting(it)).toMatchObject([{ number: asked.number, title: 'How do I?', dueAt: new Date(now.getTime() + 4 * HOUR), categoryName: 'Help' }]);
  await as('alice').run(replyToTopic, { number: asked.number, body: 'And also this.' });
  expect(await waiting(it)).toHaveLength(1);
  expect((await as('agnes').load(questionsCounted()))[0]).toEqual({ count: 1 });
  await as('bob').run(replyToTopic, { number: asked.number, body: 'So.' });
  expect(await waiting(it)).toEqual([]);
});

test('the promise counts for what waits already, changes with it, and ends with it', async () => {
  const it = await stoa();
  const { as, now } = it;
  const { number } = await as('alice').run(openTopic, { ...question, title: 'How do I?' });
  expect(await waiting(it)).toEqual([]);
  for (const hours of [2, 8]) {
    await as('ada').run(keepCategory, { ...help, answerWithin: String(hours) });
    expect((await waiting(it))[0]?.dueAt).toEqual(new Date(now.getTime() + hours * HOUR));
  }
  await as('agnes').run(changeTopic, { number, kind: 'discussion' });
  expect(await waiting(it)).toEqual([]);
  await as('agnes').run(changeTopic, { number, kind: 'question' });
  expect(await waiting(it)).toHaveLength(1);
  await as('ada').run(keepCategory, { ...help, answerWithin: '' });
  expect(await waiting(it)).toEqual([]);
});

test('the first that is due comes first, whichever category it is in; its pages follow one another', async () => {
  const it = await stoa();
  const { as } = it;
  await as('ada').run(keepCategory, { ...help, answerWithin: '4' });
  await as('ada').run(keepCategory, { name: 'Fast', slug: 'fast', answerWithin: '1' });
  const [slow] = [await as('alice').run(openTopic, { ...question, title: 'Slow one' })];
  const fast = await as('bob').run(openTopic, { ...question, category: 'fast', title: 'Fast one' });
  const [first] = await as('agnes').load(questionsWaiting({ limit: 1 }));
  const [second] = await as('agnes').load(questionsWaiting({ limit: 1, after: first.next! }));
  expect([first.items[0]?.number, second.items[0]?.number, second.next]).toEqual([fast.number, slow.number, null]);
});

test('bad hours name their field, and the list is for the desk', async () => {
  const it = await stoa();
  const { as } = it;
  for (const answerWithin of ['0', '-1', 'x', '1.5', '99999']) await expect(as('ada').run(keepCategory, { ...help, answerWithin })).rejects.toMatchObject({ issues: { answerWithin: expect.any(String) } });
  await as('ada').run(keepCategory, { ...help, answerWithin: 4 });
  await as('alice').run(openTopic, { ...question, title: 'How do I?' });
  for (const who of ['visitor', 'alice', 'bob', 'mara'] as const) expect((await as(who).load(questionsWaiting({ limit: 5 })))[0].items).toEqual([]);
});

/** A sequence of whole numbers below `most` that is the same each time (mulberry32). */
function drawing(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % most;
  };
}

/** Since when each topic counts as answered, and until when it is to be where it does not; and both as they are if they are counted now. */
const clocks = async ({ db }: Pick<Stoa, 'db'>) => {
  const { rows } = await db.$client.execute(`select t.number, t.answered_at as kept, t.answer_due_at as due, iif(t.kind = 'question', t.created_at + c.answer_within * ${HOUR}, null) as true_due,
    (select min(p.created_at) from posts p where p.topic_id = t.id and p.author_id <> t.author_id and p.removed is null and p.hidden_at is null) as true_at from topics t join categories c on c.id = t.category_id where t.merged_into is null order by t.number`);
  return { kept: rows.map((row) => [row['number'], row['kept'], row['kept'] === null && row['due']]), counted: rows.map((row) => [row['number'], row['true_at'], row['true_at'] === null && row['true_due']]) };
};

test('an answer that is removed as spam, or hidden, lets its question wait again, and stops its clock again once it is back', async () => {
  const it = await stoa();
  const { as, db } = it;
  await as('ada').run(keepCategory, { ...help, answerWithin: '4' });
  const { number } = await as('alice').run(openTopic, { ...question, title: 'How do I?' });
  const dueAt = (await waiting(it))[0]!.dueAt;
  const { id: post } = await as('agnes').run(replyToTopic, { number, body: 'Buy this.' });
  expect(await waiting(it)).toEqual([]);
  await as('ada').run(removePost, { post, code: 'spam', reason: 'It sells.' });
  expect(await waiting(it)).toMatchObject([{ number, dueAt }]);
  await as('alice').run(replyToTopic, { number, body: 'Nobody?' });
  expect(await waiting(it)).toHaveLength(1);
  await as('ada').run(restorePost, { post, reason: 'It does not.' });
  expect(await waiting(it)).toEqual([]);

  const { number: other } = await as('bob').run(openTopic, { ...question, title: 'And I?' });
  await as('carol').run(replyToTopic, { number: other, body: 'Look at zebra.example.' });
  await db.$client.execute({ sql: "update users set created_at = ? where id = 'usr_carol'", args: [it.now.getTime() - 86_400_000] });
  const { sanction } = await as('ada', { provedAt: it.now.getTime() }).run(deleteSpammer, { person: 'carol', posts: 1 });
  expect(await waiting(it)).toMatchObject([{ number: other }]);
  await as('ada').run(liftSanction, { sanction, words: 'They are none.' });
  expect(await waiting(it)).toEqual([]);
});

test('whatever is written, removed, hidden, brought back, split off and merged: a question waits as if what is not there had never been', async () => {
  const it = await stoa();
  const { db } = it;
  let at = it.now.getTime();
  const as: Stoa['as'] = (name, more) => openPortal({ db, gate: gateOf(db), viewer: { ...cast[name], hidden: NOTHING, ...more }, secret: SECRET, clock: () => new Date((at += 60_000)) });
  for (const name of ['alice', 'bob', 'alice'] as const) await as(name).run(openTopic, { ...question, title: `A question of ${name}` });
  const draw = drawing(20_261_127);
  let again = 0;
  let before: unknown[][] = [];
  const every = async (sql: string) => (await db.$client.execute(sql)).rows;
  for (let step = 0; step < 120; step++) {
    const there = (await every('select number from topics where merged_into is null order by number')).map((row) => Number(row['number']));
    const number = there[draw(there.length)]!;
    const [what, replies] = [draw(14), await every(`select p.id, p.removed, p.hidden_at from posts p join topics t on t.id = p.topic_id where t.number = ${number} and p.number > 1 order by p.number`)];
    const one = replies[draw(Math.max(1, replies.length))];
    const moderator = as('ada', { provedAt: at });
    if (what > 11) await moderator.run(keepCategory, { ...help, answerWithin: String(draw(9) + 1) });
    else if (what < 4 || !one) await as((['alice', 'bob', 'agnes', 'carol'] as const)[draw(4)]!).run(replyToTopic, { number, body: `Word ${step}.` });
    else if (what < 8) await (one['removed'] ? moderator.run(restorePost, { post: String(one['id']), reason: 'So.' }) : moderator.run(removePost, { post: String(one['id']), code: 'spam', reason: 'So.' }));
    else if (what < 10) await db.$client.execute({ sql: 'update posts set hidden_at = ? where id = ?', args: [one['hidden_at'] ? null : at, String(one['id'])] });
    else if (what === 10) await moderator.run(splitTopic, { number, posts: [String(one['id'])], title: `Apart ${step}` });
    else if (there.length > 2) await moderator.run(mergeTopic, { number, into: there.find((other) => other !== number)! });
    const { kept, counted } = await clocks(it);
    expect([step, kept]).toEqual([step, counted]);
    again += kept.filter(([topic, since]) => since === null && before.some(([one, was]) => one === topic && was !== null)).length;
    before = kept;
  }
  expect(again, 'questions that waited once more').toBeGreaterThan(2);
});
