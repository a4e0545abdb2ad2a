import { expect, test } from 'vitest';
import { deflectionsByMonth } from '../../worker/deflections/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { awaitAsGuest } from '../../worker/incidents/await-as-guest.ts';
import { confirmWait } from '../../worker/incidents/confirm-wait.ts';
import { hideIncident } from '../../worker/incidents/hide.ts';
import { forgetGuests, writeToGuests } from '../../worker/incidents/jobs.ts';
import { incidentOfTicket, waitByKey } from '../../worker/incidents/queries.ts';
import { showIncident } from '../../worker/incidents/show.ts';
import { stopWait } from '../../worker/incidents/stop-wait.ts';
import { setProblem } from '../../worker/moderation/set-problem.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { deliver } from '../../worker/reactions.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { settingOf, stoa } from '../support/stoa.ts';

const words = { wordsEn: 'Outlook does not show new bookings', wordsEl: 'Το Outlook δεν δείχνει νέες κρατήσεις' };
const guest = { email: 'Guest@Example.org', url: 'https://help.example', network: '203.0.113.9' };

async function world() {
  const it = await stoa(new Date());
  const { number } = await it.as('bob').run(openTicket, { subject: 'My secret contract', body: 'Calendar broken.' });
  await it.as('agnes').run(showIncident, { number, ...words });
  const follow = `incident:${(await it.as('agnes').load(incidentOfTicket(number)))[0]!.id}`;
  const letters = async () => (await it.db.$client.execute("select purpose, to_address, locale, text, headers from mails where purpose in ('await', 'fixed') order by rowid")).rows.map((row) => ({ purpose: row['purpose'], to: row['to_address'], text: String(row['text']), stop: /unsubscribe\?wait=([\w-]+)/.exec(String(row['headers']))![1]! }));
  const waits = async () => (await it.db.$client.execute('select address, confirmed_at is not null as sure from guest_waits')).rows.map((row) => [row['address'], row['sure']]);
  const fixed = async () => {
    await deliver(it.db, gateOf(it.db));
    await writeToGuests.work(settingOf(it));
  };
  return { ...it, number, follow, letters, waits, fixed };
}

test('a guest is asked by one letter, told by one when it is fixed, and forgotten; staff see how many wait', async () => {
  const { as, number, follow, letters, waits, fixed } = await world();
  await as('visitor').run(awaitAsGuest, { follow, ...guest, locale: 'el' });
  const [asks] = await letters();
  expect([asks!.purpose, asks!.to, asks!.text.includes(words.wordsEl)]).toEqual(['await', 'guest@example.org', false]);
  const key = /waiting\?key=([\w-]+)/.exec(asks!.text)![1]!;
  expect((await as('visitor').load(waitByKey(key)))[0]).toMatchObject({ address: 'guest@example.org', confirmedAt: null, isKnown: true, words: { en: words.wordsEn, el: words.wordsEl } });
  await as('visitor').run(confirmWait, { key });
  await as('visitor').run(confirmWait, { key });
  expect((await as('agnes').load(incidentOfTicket(number)))[0]!.followers).toBe(1);
  expect((await as('agnes').load(deflectionsByMonth('2000-01')))[0].map(({ deflected }) => deflected)).toEqual([1]);
  await as('agnes').run(changeTicket, { number, status: 'solved' });
  await fixed();
  const [, told, ...more] = await letters();
  expect([told!.purpose, told!.text.includes(words.wordsEl), told!.text.includes('secret'), more]).toEqual(['fixed', true, false, []]);
  expect(await waits()).toEqual([]);
  await fixed();
  expect((await letters()).length).toBe(2);
});

test('nobody is written to who did not confirm it, and such addresses are forgotten after a day', async () => {
  const it = await world();
  await it.as('visitor').run(awaitAsGuest, { follow: it.follow, ...guest });
  await it.as('agnes').run(changeTicket, { number: it.number, status: 'solved' });
  await it.fixed();
  expect((await it.letters()).map(({ purpose }) => purpose)).toEqual(['await']);
  expect(await forgetGuests.work({ ...settingOf(it), now: new Date(it.now.getTime() + 86_400_001) })).toBe(1);
  expect(await it.waits()).toEqual([]);
});

test('one click of the letter stops it, twice over; what is told no more is waited for no more', async () => {
  const { as, number, follow, letters, waits } = await world();
  await as('visitor').run(awaitAsGuest, { follow, ...guest });
  const { stop } = (await letters())[0]!;
  await as('visitor').run(confirmWait, { key: stop });
  for (let i = 0; i < 2; i++) await as('visitor').run(stopWait, { key: stop });
  expect(await waits()).toEqual([]);
  await expect(as('visitor').run(confirmWait, { key: stop })).rejects.toMatchObject({ reason: 'not_found' });
  await as('visitor').run(awaitAsGuest, { follow, ...guest, email: 'other@example.org' });
  await as('agnes').run(hideIncident, { number });
  expect(await waits()).toEqual([]);
});

test('whether an address is known is not told, however often it is given; a network is stopped before it floods anybody', async () => {
  const { as, follow, letters, waits } = await world();
  const answers = [];
  for (const email of ['alice@example.org', 'nobody@example.org', 'nobody@example.org']) answers.push(await as('visitor').run(awaitAsGuest, { follow, ...guest, email }));
  expect(answers).toEqual(Array(3).fill({ kind: 'incident' }));
  expect((await letters()).map(({ to }) => to)).toEqual(['alice@example.org', 'nobody@example.org']);
  expect((await waits()).sort()).toEqual([['alice@example.org', 0], ['nobody@example.org', 0]]);
  for (let i = 0; i < 7; i++) await as('visitor').run(awaitAsGuest, { follow, ...guest, email: `g${i}@example.org` });
  await expect(as('visitor').run(awaitAsGuest, { follow, ...guest, email: 'last@example.org' })).rejects.toMatchObject({ reason: 'too_many' });
});

test('bad input names its field; what is not known is not there', async () => {
  const { as, follow } = await world();
  await expect(as('visitor').run(awaitAsGuest, { follow, ...guest, email: 'x' })).rejects.toMatchObject({ reason: 'invalid', issues: { email: expect.any(String) } });
  await expect(as('visitor').run(awaitAsGuest, { follow: 'incident:inc_none', ...guest })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('visitor').run(confirmWait, { key: 'guessed' })).rejects.toMatchObject({ reason: 'not_found' });
});

test('a guest waits for a problem of the community too, and reads of it what visitors read', async () => {
  const { as, letters, waits, fixed } = await world();
  const { number } = await as('mara').run(openTopic, { category: 'help', title: 'Reminders come twice', body: 'Every one.', kind: 'problem' });
  await as('mara').run(setProblem, { number, state: 'known' });
  await as('visitor').run(awaitAsGuest, { follow: `topic:${number}`, ...guest });
  await as('visitor').run(confirmWait, { key: (await letters())[0]!.stop });
  await as('mara').run(setProblem, { number, state: 'fixed' });
  await fixed();
  expect((await letters())[1]!.text).toMatch(new RegExp(`Reminders come twice[^]*https://help\\.example/forum/topics/${number}/reminders-come-twice`));
  expect(await waits()).toEqual([]);
});
