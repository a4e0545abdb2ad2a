import { expect, test } from 'vitest';
import { makeFindable } from '../../worker/beside/jobs.ts';
import { telling } from '../../worker/beside/words.ts';
import { alike } from '../../worker/joins/alike.ts';
import { candidates, lately, mergedInto } from '../../worker/joins/records.ts';
import { ticketAtDesk } from '../../worker/tickets/queries.ts';
import { settingOf, stoa } from '../support/stoa.ts';
import { asks, merge } from './support.ts';

test('what is written in similar words is found, what is not is not', () => {
  const words = (...texts: string[]) => JSON.stringify(telling(texts, 14));
  const near = (own: string, ...others: string[]) => alike(own, others.map((words) => ({ words }))).map(({ words: theirs }) => others.indexOf(theirs));
  const same = words('Exporting bookings', 'My export stops, after 500 rows. It began on Monday.');
  const greek = words('Αργούν οι υπενθυμίσεις', 'Τα μηνύματα φτάνουν αργά.');
  const other = words('Invoice', 'Please send the invoice of October to our accountant.');
  expect(near(words('Export stops at 500 rows', 'The export of my bookings stops at 500 rows, since Monday.'), greek, other, same)).toEqual([2]);
  expect(near(words('Υπενθύμιση αργεί', 'Μηνύματα υπενθύμισης φτάνουν πολύ αργά.'), same, greek)).toEqual([1]);
  expect(near(words(''), same, words(''))).toEqual([]);
});

test('tickets of the same requester or account of the last week are looked at, by staff only', async () => {
  const world = await stoa();
  const { as } = world;
  const [one, two, theirs, foreign] = [await asks(as('alice')), await asks(as('alice')), await asks(as('carol')), await asks(as('bob'))];
  await makeFindable.work(settingOf(world));
  expect(new Set((await as('agnes').load(lately(one)))[0].map(({ number }) => number))).toEqual(new Set([two, theirs]));
  const [at] = await as('agnes').load(ticketAtDesk(one));
  expect((await as('agnes').load(lately(one)))[0].every(({ words }) => words === at!.stems && JSON.parse(words).length > 0)).toBe(true);
  expect((await as('agnes').load(candidates(one)))[0].map(({ number }) => number)).toEqual([two]);
  await merge(as('agnes'), two, one);
  expect((await as('agnes').load(mergedInto(one)))[0]).toMatchObject([{ number: two, isPrivate: false }]);
  expect((await as('agnes').load(candidates(one)))[0]).toEqual([]);
  expect(foreign).toBeGreaterThan(0);
  for (const query of [lately(one), candidates(one), mergedInto(one)]) expect(await as('alice').load(query)).toEqual([[]]);
});
