import { expect, test } from 'vitest';
import { deflectionsByMonth, helpersByCount } from '../../worker/deflections/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { awaitFix } from '../../worker/incidents/await-fix.ts';
import { hideIncident } from '../../worker/incidents/hide.ts';
import { incidentOfTicket, knownProblems } from '../../worker/incidents/queries.ts';
import { showIncident } from '../../worker/incidents/show.ts';
import { mergeTickets } from '../../worker/joins/merge.ts';
import { unmergeTicket } from '../../worker/joins/unmerge.ts';
import { setProblem } from '../../worker/moderation/set-problem.ts';
import { notificationsPage } from '../../worker/notifications/queries.ts';
import { deliver } from '../../worker/reactions.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { stoa, type Stoa } from '../support/stoa.ts';

const NOW = new Date();
const words = { wordsEn: 'Outlook does not show new bookings', wordsEl: 'Το Outlook δεν δείχνει νέες κρατήσεις' };

/** A ticket of Bob's whose trouble customers are told of, and a known problem of the community. */
async function world() {
  const it = await stoa(NOW);
  const { number } = await it.as('bob').run(openTicket, { subject: 'My secret contract', body: 'Calendar broken.' });
  await it.as('agnes').run(showIncident, { number, ...words });
  const { number: topic } = await it.as('mara').run(openTopic, { category: 'help', title: 'Reminders come twice', body: 'Every one.', kind: 'problem' });
  await it.as('mara').run(setProblem, { number: topic, state: 'known' });
  return { ...it, number, topic, follow: `incident:${(await it.as('agnes').load(incidentOfTicket(number)))[0]!.id}` };
}

const deflected = async ({ as }: Stoa) => (await as('agnes').load(deflectionsByMonth('2000-01')))[0].map(({ deflected: all, takenBack }) => [all, takenBack]);
const toldTo = async (it: Stoa, who: 'alice' | 'bob') => {
  await deliver(it.db, gateOf(it.db));
  return (await it.as(who).load(notificationsPage({ limit: 10 })))[0].items.map(({ kind, incident, topic, ticket }) => [kind, incident?.en ?? topic?.title ?? ticket?.subject]);
};

test('before something is sent, what is known and like it is shown, in the words written for that and no others', async () => {
  const { as } = await world();
  const like = async (subject: string, locale: 'en' | 'el' = 'en') => (await as('visitor').load(knownProblems(locale, { subject, text: '' })))[0];
  expect((await like('New bookings are not in Outlook')).map(({ kind, title }) => [kind, title])).toEqual([['incident', words.wordsEn]]);
  expect((await like('Νέες κρατήσεις στο Outlook', 'el')).map(({ title }) => title)).toEqual([words.wordsEl]);
  expect((await like('Reminders twice')).map(({ kind, title }) => [kind, title])).toEqual([['topic', 'Reminders come twice']]);
  expect(await like('How do I change my password')).toEqual([]);
  expect(JSON.stringify((await as('alice').load(knownProblems('en')))[0])).not.toMatch(/secret|tkt_|Calendar/);
});

test('who waits for it is counted once as a ticket spared, until they open one within a day', async () => {
  const it = await world();
  const { as, follow } = it;
  for (let i = 0; i < 2; i++) await as('alice').run(awaitFix, { follow });
  expect(await deflected(it)).toEqual([[1, 0]]);
  expect((await as('agnes').load(helpersByCount()))[0].map(({ title, ticket }) => [title, ticket])).toEqual([[words.wordsEn, it.number]]);
  await as('alice').run(openTicket, { subject: 'It is something else', body: 'x' });
  expect(await deflected(it)).toEqual([[1, 1]]);
});

test('when the ticket is solved those who wait are told in these words, and it is known no longer', async () => {
  const it = await world();
  const { as, follow, number } = it;
  await as('alice').run(awaitFix, { follow });
  expect((await as('agnes').load(incidentOfTicket(number)))[0]?.followers).toBe(1);
  await as('agnes').run(changeTicket, { number, status: 'solved' });
  expect(await toldTo(it, 'alice')).toEqual([['fixed', words.wordsEn]]);
  expect((await as('alice').load(knownProblems('en')))[0].map(({ kind }) => kind)).toEqual(['topic']);
  await expect(as('carol').run(awaitFix, { follow })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('agnes').run(showIncident, { number, ...words })).rejects.toMatchObject({ reason: 'conflict' });
});

test('who waits for a problem of the community follows its topic, and is told when it is fixed', async () => {
  const it = await world();
  await it.as('alice').run(awaitFix, { follow: `topic:${it.topic}` });
  await it.as('mara').run(setProblem, { number: it.topic, state: 'fixed' });
  expect(await toldTo(it, 'alice')).toEqual([['fixed', 'Reminders come twice']]);
  expect(await deflected(it)).toEqual([[1, 0]]);
});

test('only who answers customers shows tickets to them; strangers find no ticket, bad input names its field, visitors sign in', async () => {
  const { as, number, follow, db } = await world();
  await expect(as('alice').run(showIncident, { number, ...words })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('bob').run(showIncident, { number, ...words })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('lena').run(showIncident, { number, ...words })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('agnes').run(showIncident, { number, wordsEn: '' })).rejects.toMatchObject({ issues: { wordsEn: 'Write what customers shall read.' } });
  await expect(as('visitor').run(awaitFix, { follow })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('alice').run(awaitFix, { follow: 'ticket:1' })).rejects.toMatchObject({ issues: { follow: 'Choose from the list.' } });
  const both = await Promise.allSettled(['Bookings are late', 'Bookings come twice'].map((wordsEn) => as('agnes').run(showIncident, { number, wordsEn })));
  const came = both.map((one) => (one.status === 'fulfilled' ? 'shown' : (one.reason as { reason: string }).reason));
  // One after the other, the second changes the words of the first; at the same moment, it is told so.
  expect([['conflict', 'shown'], ['shown', 'shown']]).toContainEqual(came.sort());
  expect((await db.$client.execute('select words_en from incidents')).rows).toEqual([{ words_en: expect.stringMatching(/^Bookings (are late|come twice)$/) }]);
  await as('agnes').run(hideIncident, { number });
  expect((await as('agnes').load(incidentOfTicket(number)))[0]).toBeUndefined();
  await expect(as('alice').run(awaitFix, { follow })).rejects.toMatchObject({ reason: 'not_found' });
});

test('merged into another, it is known while that one is open, and who waits is told when that one is solved; unmerged, they wait for it alone again', async () => {
  const it = await world();
  const { as, follow, number } = it;
  await as('alice').run(awaitFix, { follow });
  const { number: whole } = await as('bob').run(openTicket, { subject: 'Another of mine', body: 'The same.' });
  const known = async () => (await as('visitor').load(knownProblems('en')))[0].filter(({ kind }) => kind === 'incident').map(({ title }) => title);
  const followers = async (of: number) => (await as('agnes').load(incidentOfTicket(of)))[0]?.followers;
  await as('agnes').run(mergeTickets, { number, into: whole });
  expect([await known(), await followers(whole)]).toEqual([[words.wordsEn], 1]);
  await as('carol').run(awaitFix, { follow });
  await as('agnes').run(showIncident, { number: whole, ...words, wordsEn: 'Outlook is behind' });
  expect([await known(), await followers(whole)]).toEqual([['Outlook is behind'], 2]);
  await as('agnes').run(unmergeTicket, { number });
  expect([await known(), await followers(number), await followers(whole)]).toEqual([['Outlook is behind'], 2, undefined]);
  await as('agnes').run(mergeTickets, { number, into: whole });
  expect(await toldTo(it, 'alice')).toEqual([]);
  await as('agnes').run(changeTicket, { number: whole, status: 'solved' });
  expect(await toldTo(it, 'alice')).toEqual([['fixed', 'Outlook is behind']]);
  expect(await known()).toEqual([]);
});

test('two that are one ticket are told once, in the words of the one that has the other; taken back, nobody waits for either', async () => {
  const it = await world();
  const { as, follow, number } = it;
  const { number: whole } = await as('bob').run(openTicket, { subject: 'Another of mine', body: 'The same.' });
  await as('agnes').run(showIncident, { number: whole, ...words, wordsEn: 'All calendars are behind' });
  await as('alice').run(awaitFix, { follow });
  await as('agnes').run(mergeTickets, { number, into: whole });
  const known = async () => (await as('visitor').load(knownProblems('en')))[0].filter(({ kind }) => kind === 'incident').map(({ title }) => title);
  expect([await known(), (await as('agnes').load(incidentOfTicket(whole)))[0]]).toMatchObject([['All calendars are behind'], { wordsEn: 'All calendars are behind', followers: 1 }]);
  await as('agnes').run(hideIncident, { number: whole });
  expect([await known(), (await as('agnes').load(incidentOfTicket(whole)))[0]]).toEqual([[], undefined]);
});
