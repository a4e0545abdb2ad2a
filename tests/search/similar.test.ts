import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { similarTo } from '../../worker/search/queries.ts';
import { stoa } from '../support/stoa.ts';

test('titles that say much the same are similar, in other words too; others are not', async () => {
  const { as } = await stoa();
  for (const title of ['Reminders come twice', 'How do I change the calendar?', 'Printing is slow']) await as('alice').run(openTopic, { category: 'help', title, body: 'Reminders and a calendar.' });
  const alike = async (title: string) => (await as('visitor').load(similarTo(title, 'en')))[0].map((hit) => hit.title);
  expect(await alike('My reminder comes twice')).toEqual(['Reminders come twice']);
  expect(await alike('changing calendars')).toEqual(['How do I change the calendar?']);
  expect(await alike('The invoice has a wrong address')).toEqual([]);
});
