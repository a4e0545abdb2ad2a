import { expect, test } from 'vitest';
import { keepCategory } from '../../worker/categories/keep.ts';
import { changeTopic } from '../../worker/forum/change.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { questionsCounted, questionsWaiting } from '../../worker/questions/queries.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

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
