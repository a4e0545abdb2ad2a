import { expect, test } from 'vitest';
import { deflectionsByMonth, helpersByCount } from '../../worker/deflections/queries.ts';
import { thankHelper } from '../../worker/deflections/thank.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { articles } from '../../worker/kb/schema.ts';
import { acceptAnswer } from '../../worker/forum/accept.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { suggestedFor } from '../../worker/search/queries.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { stoa } from '../support/stoa.ts';

const NOW = new Date();
const article = { id: 'art_1', category: 'start', slug: 'export', locale: 'en' as const, title: 'Export your data', body: 'Press export.', updatedAt: NOW };

async function world() {
  const it = await stoa(NOW);
  await it.db.insert(articles).values([article, { ...article, id: 'art_2', slug: 'import', title: 'Import your data' }]);
  return it;
}

const figures = async ({ as }: Awaited<ReturnType<typeof stoa>>) => {
  const [months, helpers] = await as('agnes').load(deflectionsByMonth('2000-01'), helpersByCount());
  return [months.map(({ deflected, takenBack }) => [deflected, takenBack]), helpers.map(({ title, deflected, takenBack }) => [title, deflected, takenBack])];
};

test('an article that solved it is counted once, and taken back when the same person asks within a day', async () => {
  const it = await world();
  const { as } = it;
  for (let i = 0; i < 2; i++) await as('alice').run(thankHelper, { solved: 'article:art_1' });
  await as('bob').run(thankHelper, { solved: 'article:art_1' });
  await as('bob').run(thankHelper, { solved: 'article:art_2' });
  expect(await figures(it)).toEqual([[[3, 0]], [['Export your data', 2, 0], ['Import your data', 1, 0]]]);
  await as('carol').run(openTicket, { subject: 'Not about that', body: 'x' });
  expect((await figures(it))[0]).toEqual([[3, 0]]);
  for (let i = 0; i < 2; i++) await as('bob').run(openTicket, { subject: 'It did not help', body: 'x' });
  expect(await figures(it)).toEqual([[[3, 2]], [['Export your data', 2, 1], ['Import your data', 1, 1]]]);
});

test('a guest is known by the address that they gave, however they come back', async () => {
  const it = await world();
  const { as } = it;
  await as('visitor').run(thankHelper, { solved: 'article:art_1', email: 'Guest@example.org' });
  await as('visitor').run(thankHelper, { solved: 'article:art_1' });
  await as('alice').run(thankHelper, { solved: 'article:art_1' });
  await as('visitor').run(openTicket, { subject: 'It did not help', body: 'x', email: 'guest@example.org' });
  expect((await figures(it))[0]).toEqual([[3, 1]]);
  await as('visitor').run(openTicket, { subject: 'It did not help', body: 'x', email: 'alice@example.org' });
  expect((await figures(it))[0]).toEqual([[3, 2]]);
});

test('after a day a ticket takes nothing back', async () => {
  const it = await world();
  await it.as('alice').run(thankHelper, { solved: 'article:art_1' });
  await it.db.$client.execute('update deflections set created_at = created_at - 90000000');
  await it.as('alice').run(openTicket, { subject: 'Another matter', body: 'x' });
  expect((await figures(it))[0]).toEqual([[1, 0]]);
});

test('what cannot be read solved nothing; customers see no figures; nobody says it without end', async () => {
  const { as } = await world();
  await expect(as('alice').run(thankHelper, { solved: 'article:art_none' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(thankHelper, { solved: 'topic:99' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(thankHelper, { solved: 'user:usr_bob' })).rejects.toMatchObject({ issues: { solved: 'Choose from the list.' } });
  expect(await as('alice').load(deflectionsByMonth('2000-01'), helpersByCount())).toEqual([[], []]);
  for (let i = 0; i < 30; i++) await as('visitor').run(thankHelper, { solved: 'article:art_1', network: '1.2.3.4' });
  await expect(as('visitor').run(thankHelper, { solved: 'article:art_1', network: '1.2.3.4' })).rejects.toMatchObject({ reason: 'too_many' });
});

test('articles, answered topics and problems are suggested; questions without an answer are not', async () => {
  const { as } = await stoa(NOW);
  const open = (title: string, kind: string) => as('mara').run(openTopic, { title, body: 'Words about it.', category: 'help', kind });
  await open('Export stops at row 500', 'question');
  await open('Export is slow for everybody', 'problem');
  const answered = await open('Export leaves columns out', 'question');
  const { id } = await as('agnes').run(replyToTopic, { number: answered.number, body: 'Choose all columns.' });
  await as('mara').run(acceptAnswer, { number: answered.number, post: id });
  const titles = async (subject: string, text = '') => (await as('visitor').load(suggestedFor(subject, text, 'en')))[0].map(({ title }) => title).sort();
  expect(await titles('Export stops')).toEqual(['Export is slow for everybody', 'Export leaves columns out']);
  expect(await titles('The kettle')).toEqual([]);
  expect(await titles('Please help', 'The export leaves out two columns.')).toEqual(['Export leaves columns out']);
});
