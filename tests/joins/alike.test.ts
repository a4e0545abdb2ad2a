import { expect, test } from 'vitest';
import { alike } from '../../worker/joins/alike.ts';
import { candidates, lately, mergedInto } from '../../worker/joins/records.ts';
import { stoa } from '../support/stoa.ts';
import { asks, merge } from './support.ts';

test('what is written in similar words is found, what is not is not', () => {
  const one = { subject: 'Export stops at 500 rows', text: 'The export of my bookings stops at 500 rows, since Monday.' };
  const same = { number: 1, subject: 'Exporting bookings', text: 'My export stops, after 500 rows. It began on Monday.' };
  const greek = { number: 2, subject: 'Αργούν οι υπενθυμίσεις', text: 'Τα μηνύματα φτάνουν αργά.' };
  const other = { number: 3, subject: 'Invoice', text: 'Please send the invoice of October to our accountant.' };
  expect(alike(one, [greek, other, same]).map(({ number }) => number)).toEqual([1]);
  expect(alike({ subject: 'Υπενθύμιση αργεί', text: 'Μηνύματα υπενθύμισης φτάνουν πολύ αργά.' }, [same, greek]).map(({ number }) => number)).toEqual([2]);
  expect(alike({ subject: '', text: null }, [same, { number: 4, subject: '', text: null }])).toEqual([]);
});

test('tickets of the same requester or account of the last week are looked at, by staff only', async () => {
  const { as } = await stoa();
  const [one, two, theirs, foreign] = [await asks(as('alice')), await asks(as('alice')), await asks(as('carol')), await asks(as('bob'))];
  expect(new Set((await as('agnes').load(lately(one)))[0].map(({ number }) => number))).toEqual(new Set([two, theirs]));
  expect((await as('agnes').load(lately(one)))[0].every(({ text }) => text === 'Help.')).toBe(true);
  expect((await as('agnes').load(candidates(one)))[0].map(({ number }) => number)).toEqual([two]);
  await merge(as('agnes'), two, one);
  expect((await as('agnes').load(mergedInto(one)))[0]).toMatchObject([{ number: two, isPrivate: false }]);
  expect((await as('agnes').load(candidates(one)))[0]).toEqual([]);
  expect(foreign).toBeGreaterThan(0);
  for (const query of [lately(one), candidates(one), mergedInto(one)]) expect(await as('alice').load(query)).toEqual([[]]);
});
