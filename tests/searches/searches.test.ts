import { expect, test } from 'vitest';
import { gateOf } from '../../worker/platform/gate.ts';
import { forgetSearches } from '../../worker/searches/jobs.ts';
import { searchesByDay, searchesOften, type SearchList } from '../../worker/searches/queries.ts';
import { type Gathered, recorded } from '../../worker/searches/record.ts';
import { keptOf, placeIn } from '../../worker/searches/words.ts';
import { type cast, settingOf, type Stoa, stoa } from '../support/stoa.ts';

const hashOf = (words: string) => keptOf(words)!.hash;
const search = (words: string, found: string[], times = 1): Gathered => ({ searches: new Map([[hashOf(words), { words, results: found.length, found, times, empty: found.length === 0 ? times : 0 }]]), followed: [], asked: [] });
const none: Gathered = { searches: new Map(), followed: [], asked: [] };
const write = ({ db, now }: Stoa, some: Gathered, days = 0) => gateOf(db).commit(recorded(some, new Date(now.getTime() + days * 86_400_000)));
async function listed({ as }: Stoa, list: SearchList, who: keyof typeof cast = 'agnes') {
  const [rows] = await as(who).load(searchesOften(list));
  return rows.map(({ words, searches, empty, clicks, places, topics, tickets }) => [words, searches, empty, clicks, places, topics, tickets]);
}

test('searches are counted with what they found, what was followed at which place, and what was written after all', async () => {
  const here = await stoa();
  await write(here, search('reset password', ['/forum/topics/1', '/kb/start/a', '/forum/topics/2'], 2));
  await write(here, search('zanzibar', []));
  await write(here, search('resetting passwords', ['/forum/topics/9', '/forum/topics/2'], 3), 1);
  const followed = ['/forum/topics/2', '/forum/topics/9', '/forum/topics/2', '/forum/topics/77'].map((place) => ({ hash: hashOf('password reset'), place }));
  await write(here, { ...none, followed, asked: [{ hash: hashOf('zanzibar'), what: 'ticket' }, { hash: hashOf('zanzibar'), what: 'topic' }, { hash: hashOf('never seen'), what: 'topic' }] }, 1);
  expect(await listed(here, 'often')).toEqual([['reset password', 5, 0, 3, 5, 0, 0], ['zanzibar', 1, 1, 0, 0, 1, 1]]);
  expect([await listed(here, 'empty'), await listed(here, 'unfollowed')]).toEqual([[['zanzibar', 1, 1, 0, 0, 1, 1]], []]);
  await write(here, search('invoices', ['/forum/topics/1']), 1);
  expect(await listed(here, 'unfollowed')).toEqual([['invoices', 1, 0, 0, 0, 0, 0]]);
  const [days] = await here.as('agnes').load(searchesByDay('2026-01-01'));
  expect(days).toEqual([{ day: '2026-01-05', searches: 3, empty: 1, clicks: 0, topics: 0, tickets: 0 }, { day: '2026-01-06', searches: 4, empty: 0, clicks: 3, topics: 2, tickets: 1 }]);
});

test('only who sees what customers say sees it', async () => {
  const here = await stoa();
  await write(here, search('zanzibar', []));
  for (const who of ['visitor', 'alice', 'mara'] as const) expect([who, await listed(here, 'often', who), (await here.as(who).load(searchesByDay('2026-01-01')))[0]]).toEqual([who, [], []]);
  for (const who of ['lena', 'agnes', 'cleo', 'ada'] as const) expect([who, (await listed(here, 'often', who)).length]).toEqual([who, 1]);
});

test('words are kept for thirty days after they were last searched for; the sum of a day stays', async () => {
  const here = await stoa();
  await write(here, search('zanzibar', ['/forum/topics/1'], 2));
  await write(here, search('invoices', ['/forum/topics/1'], 4));
  await write(here, search('invoices', ['/forum/topics/1'], 3), 20);
  const forget = (days: number) => forgetSearches.work({ ...settingOf(here), now: new Date(here.now.getTime() + days * 86_400_000) });
  expect([await forget(30), await forget(31), await forget(31)]).toEqual([0, 2, 0]);
  expect(await listed(here, 'often')).toEqual([['invoices', 3, 0, 0, 0, 0, 0]]);
  const [days] = await here.as('agnes').load(searchesByDay('2026-01-01'));
  expect(days.map(({ searches }) => searches)).toEqual([6, 3]);
});

test('of a day no more than five thousand different searches keep their words; all are counted', async () => {
  const here = await stoa();
  const many: Gathered['searches'] = new Map(Array.from({ length: 5_200 }, (_, i) => [`hash ${i}`, { words: `word ${i}`, results: 0, found: [], times: 1, empty: 1 }]));
  const some = (from: number, to: number): Gathered => ({ ...none, searches: new Map([...many].slice(from, to)) });
  await write(here, some(0, 5_001));
  await write(here, some(5_000, 5_200));
  const { rows } = await here.db.$client.execute('select count(*) n from search_queries');
  expect(rows[0]!['n']).toBe(5_001);
  const [days] = await here.as('agnes').load(searchesByDay('2026-01-01'));
  expect(days[0]!.searches).toBe(5_201);
});

test('forms and orders of words are one search; operators, addresses, numbers and names of authors are not kept', () => {
  for (const [a, b] of [['reset password', 'Passwords resetting'], ['how to reset the password', 'reset password'], ['λογαριασμού πληρωμή', 'ΠΛΗΡΩΜΕΣ λογαριασμός']]) expect([a, hashOf(a!)]).toEqual([a, hashOf(b!)]);
  expect(keptOf('invoice @mara by:bob of maria@example.org call +30 210 1234567 #billing')!.words).toBe('invoice of call');
  for (const typed of ['', '   ', '@mara', 'maria@example.org', '0030 210 1234567', '🙂', '"']) expect([typed, keptOf(typed)]).toEqual([typed, undefined]);
});

test('a result is known by where it leads, whatever its language, title and page', () => {
  expect(['/forum/topics/42/a-title?page=2#post-30', '/el/forum/topics/42/x', '/kb/start/find', '/el/kb/start/find', '/forum', '/search', '/kb/start', 'https://x.example/kb/a/b'].map((path) => placeIn(path))).toEqual(['/forum/topics/42', '/forum/topics/42', '/kb/start/find', '/kb/start/find', undefined, undefined, undefined, undefined]);
});
