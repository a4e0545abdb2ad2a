import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, topicByNumber } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { decideReview } from '../../worker/moderation/decide.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { statementKey } from '../../worker/moderation/link.ts';
import { lockTopic } from '../../worker/moderation/lock.ts';
import { removePost } from '../../worker/posts/remove.ts';
import { appealStatement } from '../../worker/sanctions/appeal.ts';
import { decideAppeal } from '../../worker/sanctions/decide-appeal.ts';
import { logByMonth, logPage, myStatements, statementById } from '../../worker/sanctions/queries.ts';
import { appealsToDecide } from '../../worker/sanctions/records.ts';
import { silencePerson } from '../../worker/sanctions/silence.ts';
import { suspendPerson } from '../../worker/sanctions/suspend.ts';
import { searched } from '../../worker/search/queries.ts';
import { newsroom } from '../notifications/support.ts';
import { question, SECRET } from '../support/stoa.ts';

const words = 'It was meant well.';
const overturn = { decision: 'overturn', words: 'You are right.' };

async function community() {
  const world = await newsroom();
  await world.as('bob').run(openTopic, question);
  const { id: post } = await world.as('bob').run(replyToTopic, { number: 1, body: 'A zebra says so.' });
  const shown = async () => JSON.stringify(await world.as('visitor').load(postsOfTopic(1, 1), searched('zebra', { locale: 'en', limit: 5 }))).includes('zebra says');
  const mine = async () => (await world.as('bob').load(myStatements({ limit: 9 })))[0].items;
  return { ...world, post, shown, mine };
}

test('a post that a moderator hid is shown again when somebody else overturns it; whose decision it was does not decide', async () => {
  const { as, post, shown, mine, deliver, told } = await community();
  await as('alice').run(flagPost, { post, kind: 'off_topic' });
  await as('mara').run(decideReview, { post, version: 1, decision: 'agree', words: 'Not here.' });
  expect(await shown()).toBe(false);
  const [statement] = await mine();
  expect(statement).toMatchObject({ action: 'hidden', kinds: ['off_topic'], isAutomatic: false, appeal: null, withdrawnAt: null });
  const { id: appeal } = await as('bob').run(appealStatement, { statement: statement!.id, words });
  await expect(as('bob').run(appealStatement, { statement: statement!.id, words })).rejects.toMatchObject({ reason: 'conflict' });
  expect((await as('mara').load(appealsToDecide(9)))[0]).toMatchObject([{ id: appeal, words, byId: 'usr_mara', author: 'bob', reason: 'Not here.' }]);
  await expect(as('mara').run(decideAppeal, { appeal, ...overturn })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('bob').run(decideAppeal, { appeal, ...overturn })).rejects.toMatchObject({ reason: 'not_found' });
  await as('agnes').run(decideAppeal, { appeal, ...overturn });
  await expect(as('ada').run(decideAppeal, { appeal, ...overturn })).rejects.toMatchObject({ reason: 'conflict' });
  await deliver();
  expect(await shown()).toBe(true);
  expect((await told('bob')).map(([kind]) => kind).sort()).toEqual(['hidden', 'overturned']);
  expect((await as('bob').load(statementById(statement!.id, '')))[0]).toMatchObject({ appeal: { status: 'overturned', answer: 'You are right.' } });
});

test('a removed post comes back with its words, a locked topic opens, a silence ends', async () => {
  const { as, post, shown, mine } = await community();
  await as('mara').run(removePost, { post, reason: 'No zebras.', code: 'off_topic' });
  await as('mara').run(lockTopic, { number: 1, locked: 'yes', code: 'other', words: 'Enough.' });
  await as('mara').run(silencePerson, { person: 'bob', code: 'spam', words: 'Stop it.', days: '0' });
  expect([await shown(), (await as('visitor').load(topicByNumber(1)))[0].lockedAt !== null]).toEqual([false, true]);
  for (const { id } of await mine()) await as('agnes').run(decideAppeal, { appeal: (await as('bob').run(appealStatement, { statement: id, words })).id, ...overturn });
  expect([await shown(), (await as('visitor').load(topicByNumber(1)))[0].lockedAt]).toEqual([true, null]);
  expect((await mine()).map(({ action, appeal, withdrawnAt }) => [action, appeal, withdrawnAt !== null]).sort()).toEqual([['locked', 'overturned', true], ['removed', 'overturned', true], ['silenced', 'overturned', true]]);
  const [[log], counts] = await Promise.all([as('visitor').load(logPage({ limit: 50 })), as('visitor').load(logByMonth(0))]);
  expect(log.items.map(({ action }) => action).sort()).toEqual(['locked', 'overturned', 'overturned', 'overturned', 'removed', 'silenced']);
  expect(JSON.stringify(log)).not.toMatch(/bob|usr_|zebra|Stop|pst_|sor_/);
  expect(counts[0]).toContainEqual({ month: '2026-01', action: 'overturned', count: 3 });
});

test('who is shut out appeals by the link of their letter alone; upholding changes nothing but the answer', async () => {
  const { as, db, deliver } = await community();
  await as('ada').run(suspendPerson, { person: 'bob', code: 'other', words: 'Enough.', days: '30' });
  const statement = String((await db.$client.execute('select id from statements_of_reasons')).rows[0]!['id']);
  const key = statementKey(SECRET, statement);
  for (const wrong of ['', 'x', key.toUpperCase()]) {
    await expect(as('visitor').load(statementById(statement, wrong))).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as('visitor').run(appealStatement, { statement, key: wrong, words })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as('alice').run(appealStatement, { statement, key: wrong, words })).rejects.toMatchObject({ reason: 'not_found' });
  }
  await expect(as('mara').run(appealStatement, { statement, words })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(appealStatement, { statement, key, words: '' })).rejects.toMatchObject({ issues: { words: 'Say why you see it otherwise.' } });
  expect((await as('visitor').load(statementById(statement, key)))[0]).toMatchObject({ action: 'suspended', words: 'Enough.', until: new Date('2026-02-04T09:00:00Z') });
  const { id: appeal } = await as('visitor').run(appealStatement, { statement, key, words });
  await expect(as('agnes').run(decideAppeal, { appeal, decision: 'uphold', words: 'It stays.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await as('cleo', { permissions: ['forum.moderate', 'people.suspend'] }).run(decideAppeal, { appeal, decision: 'uphold', words: 'It stays.' });
  await deliver();
  expect((await as('visitor').load(statementById(statement, key)))[0].appeal).toMatchObject({ status: 'upheld', answer: 'It stays.' });
  expect((await db.$client.execute("select suspended_at from users where id = 'usr_bob'")).rows[0]!['suspended_at']).not.toBeNull();
});

test('after half a year it is too late', async () => {
  const { as, db, mine, post } = await community();
  await as('mara').run(removePost, { post, reason: 'No zebras.' });
  await db.$client.execute('update statements_of_reasons set appeal_until = 1');
  await expect(as('bob').run(appealStatement, { statement: (await mine())[0]!.id, words })).rejects.toMatchObject({ reason: 'conflict', message: 'The time to appeal against this is over.' });
});
