import { expect, test } from 'vitest';
import { mySearches } from '../../worker/search/queries.ts';
import { removeSearch } from '../../worker/search/remove.ts';
import { saveSearch } from '../../worker/search/save.ts';
import { stoa } from '../support/stoa.ts';

test('people keep searches under names, the later one of a name in place of the earlier, and remove them; nobody else sees them', async () => {
  const { as } = await stoa();
  const names = async (who: 'alice' | 'bob' | 'visitor') => (await as(who).load(mySearches()))[0].map(({ name, q }) => [name, q]);
  await as('alice').run(saveSearch, { name: 'Printers', q: 'printer #help' });
  await as('alice').run(saveSearch, { name: 'Invoices', q: 'invoice', type: 'article' });
  await as('alice').run(saveSearch, { name: 'Printers', q: 'printer status:open' });
  expect([await names('alice'), await names('bob'), await names('visitor')]).toEqual([[['Invoices', 'invoice'], ['Printers', 'printer status:open']], [], []]);
  await expect(as('bob').run(removeSearch, { name: 'Printers' })).rejects.toMatchObject({ reason: 'not_found' });
  await as('alice').run(removeSearch, { name: 'Printers' });
  expect(await names('alice')).toEqual([['Invoices', 'invoice']]);
});

test('twenty are the most, also of many at once; what has no name or words is none; visitors sign in', async () => {
  const { as } = await stoa();
  const alice = as('alice');
  for (let i = 0; i < 19; i++) await alice.run(saveSearch, { name: `Search ${i}`, q: 'printer' });
  const tried = await Promise.allSettled(['A', 'B', 'C'].map((name) => alice.run(saveSearch, { name, q: 'printer' })));
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(alice.run(saveSearch, { name: 'One more', q: 'printer' })).rejects.toMatchObject({ reason: 'conflict' });
  await alice.run(saveSearch, { name: 'Search 3', q: 'paper' });
  expect((await alice.load(mySearches()))[0]).toHaveLength(20);
  await expect(alice.run(saveSearch, { name: ' ', q: '' })).rejects.toMatchObject({ reason: 'invalid', issues: { name: 'Write a name.', q: 'Write what to look for.' } });
  await expect(as('visitor').run(saveSearch, { name: 'A', q: 'printer' })).rejects.toMatchObject({ reason: 'signed_out' });
});
