import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openIdea } from '../../worker/ideas/open.ts';
import { similarIdeas } from '../../worker/ideas/queries.ts';
import { ideas } from '../../worker/ideas/schema.ts';
import { voteOnIdea } from '../../worker/ideas/vote.ts';
import { stoa } from '../support/stoa.ts';

async function wishes() {
  const world = await stoa();
  for (const title of ['Export calendars to Excel', 'Dark theme for the app', 'Εξαγωγή ημερολογίων σε Excel', 'Bigger fonts']) await world.as('bob').run(openIdea, { title, body: 'Please.' });
  const like = async (title: string) => (await world.as('alice').load(similarIdeas(title)))[0];
  return { ...world, like, titles: async (title: string) => (await like(title)).map((idea) => idea.title) };
}

test('open ideas are found by what their titles say, in other forms of their words, too, in both languages', async () => {
  const { titles } = await wishes();
  expect(await titles('Exporting a calendar to Excel?')).toEqual(['Export calendars to Excel']);
  expect(await titles('Πώς γίνεται η εξαγωγη ημερολογιου;')).toEqual(['Εξαγωγή ημερολογίων σε Excel']);
  expect(await titles('How do I sign in?')).toEqual([]);
  expect(await titles('"*) OR NEAR(')).toEqual([]);
  expect(await titles('the of and')).toEqual([]);
});

test('what is no wish any more is not offered: it was done, taken from view, renamed or removed', async () => {
  const { db, titles, now } = await wishes();
  const dark = async () => titles('A dark theme');
  const set = (change: Partial<typeof ideas.$inferInsert>) => db.update(ideas).set(change).where(eq(ideas.number, 2));
  expect(await dark()).toEqual(['Dark theme for the app']);
  for (const [change, back] of [[{ status: 'done' }, { status: 'open' }], [{ hiddenAt: now }, { hiddenAt: null }], [{ title: 'Removed' }, { title: 'Dark theme for the app' }]]) {
    await set(change!);
    expect(await dark()).toEqual([]);
    await set(back!);
    expect(await dark()).toHaveLength(1);
  }
  await db.delete(ideas).where(eq(ideas.number, 2));
  expect(await dark()).toEqual([]);
});

test('they tell their votes, and whether one’s own is among them', async () => {
  const { as, like } = await wishes();
  await as('alice').run(voteOnIdea, { number: 2, isFor: true });
  await as('carol').run(voteOnIdea, { number: 2, isFor: true });
  expect(await like('Dark theme')).toEqual([{ number: 2, title: 'Dark theme for the app', votes: 2, voted: true }]);
  await as('alice').run(voteOnIdea, { number: 2, isFor: false });
  expect(await like('Dark theme')).toMatchObject([{ votes: 1, voted: false }]);
});
