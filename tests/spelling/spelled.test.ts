import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { distanceOf, keysOf } from '../../worker/spelling/distance.ts';
import { gatherWords } from '../../worker/spelling/jobs.ts';
import { spelled } from '../../worker/spelling/queries.ts';
import { type cast, settingOf, type Stoa, stoa } from '../support/stoa.ts';

const open = (world: Stoa, title: string, body: string, category = 'help') => world.as('mara').run(openTopic, { category, title, body, tags: '', kind: 'question' });
async function meant(world: Stoa, q: string, who: keyof typeof cast = 'visitor') {
  const [found] = await world.as(who).load(spelled(q));
  return found?.words;
}

async function world() {
  const here = await stoa();
  await here.db.$client.execute("insert into categories (id, slug, name, see) values ('cat_inner', 'inner', 'Inner', '[\"role:agent\",\"role:admin\"]')");
  await open(here, 'Calendar and invoices', 'The calendar forgets my appointments. See https://example.org/zanzibar and `quuxcommand`.');
  await open(here, 'Πληρωμές με κάρτα', 'Ο λογαριασμός χρεώνεται. Η συνδρομή λήγει.');
  await open(here, 'ΠΛΗΡΩΜΕΣ', 'Ξεχάσαμε τον κωδικό.');
  await open(here, 'Secret plans', 'The codename is wolverine.', 'inner');
  await here.as('bob').run(openTicket, { subject: 'About marmalade', body: 'The marmalade is broken.' });
  await gatherWords.work(settingOf(here));
  return here;
}

test('a word that nothing has is put right, whatever went wrong with it, in the letters that people write', async () => {
  const here = await world();
  const right: [string, string][] = [
    ['calender', 'calendar'], ['claendar', 'calendar'], ['calndr', 'calendar'], ['callendarr', 'calendar'], ['calendxyz', ''], ['invocies', 'invoices'], ['apointmants', 'appointments'],
    ['my calander', 'my calendar'], ['calander #help', 'calendar #help'], ['invoises', 'invoices'],
    ['λογαρισμός', 'λογαριασμός'], ['ΛΟΓΑΡΙΑΜΟΣ', 'λογαριασμός'], ['πλυρωμές', 'πληρωμές'], ['πλυρωμεσ', 'πληρωμές'], ['σηνδρομη', 'συνδρομή'], ['κοδικό κάρτας', 'κωδικό κάρτας'],
    ['calendarinvoices', 'calendar invoices'], ['invoicescalendar', 'invoices calendar'], ['my CalendarsInvoices', 'my calendar invoices'], ['calendarxinvoices', ''],
  ];
  for (const [typed, expected] of right) expect([typed, (await meant(here, typed)) ?? '']).toEqual([typed, expected]);
});

test('what is far from a short word is only asked about, and does not go along with what is sure', async () => {
  const here = await world();
  const found = async (q: string) => (await here.as('visitor').load(spelled(q)))[0];
  expect(await found('calender')).toEqual({ words: 'calendar', isSure: true });
  expect(await found('calndr')).toEqual({ words: 'calendar', isSure: false });
  expect(await found('invoises calndr')).toEqual({ words: 'invoices calndr', isSure: true });
});

test('a short word is not put right unasked: with one letter changed it is as often another', async () => {
  const here = await world();
  await open(here, 'Late again', 'They came late, and came again.');
  await gatherWords.work(settingOf(here));
  const found = async (q: string) => (await here.as('visitor').load(spelled(q)))[0];
  for (const q of ['café', 'cafe', 'CAFÉ']) expect(await found(q)).toEqual({ words: 'came', isSure: false });
  expect(await found('agian')).toEqual({ words: 'again', isSure: true });
});

test('a word that is found in any form, part of one, an operator, a quote and a long question are left alone', async () => {
  const here = await world();
  for (const typed of ['calendar', 'calendars', 'invoic', 'πληρωμων', 'cal', '"calender"', '-calender', '@calender', 'tag:calender', 'nowhere else knows anybody around here which calender shows appointments twice', 'zanzibxr', 'quuxcomand', '', '🙂', '%"*']) expect([typed, await meant(here, typed)]).toEqual([typed, undefined]);
});

test('no word is suggested that only stands where the viewer or everybody may not read: an inner category, a ticket, what was hidden since', async () => {
  const here = await world();
  for (const who of ['visitor', 'bob', 'agnes', 'ada'] as const) expect([await meant(here, 'wolverin', who), await meant(here, 'wolverime', who), await meant(here, 'marmelade', who)]).toEqual([undefined, undefined, undefined]);
  expect(await meant(here, 'calender', 'bob')).toBe('calendar');
  await here.db.$client.execute("update categories set see = '[\"role:agent\"]' where id = 'cat_help'");
  expect([await meant(here, 'calender', 'bob'), await meant(here, 'calender', 'agnes')]).toEqual([undefined, 'calendar']);
});

test('a word that stands only where the viewer may not read is unknown to them like any other', async () => {
  const here = await world();
  await open(here, 'Wolverene', 'An animal.');
  await gatherWords.work(settingOf(here));
  expect([await meant(here, 'wolverine'), await meant(here, 'wolverine', 'agnes')]).toEqual(['wolverene', undefined]);
});

test('a day later all is read anew: what is gone is forgotten, what is new is known at once', async () => {
  const here = await world();
  const words = async () => (await here.db.$client.execute("select (select count(*) from spelling_words where word = 'calendar') calendar, (select count(*) from spelling_keys where key = 'calenda') keys, (select count(*) from spelling_words where word = 'giraffe') giraffe")).rows[0];
  expect(await words()).toMatchObject({ calendar: 1, keys: 1, giraffe: 0 });
  await open(here, 'Giraffe', 'A giraffe.');
  await gatherWords.work(settingOf(here));
  expect(await words()).toMatchObject({ calendar: 1, giraffe: 1 });
  await here.db.$client.execute("delete from search_documents where title like 'Calendar%'");
  for (let days = 2; days < 6; days++) await gatherWords.work({ ...settingOf(here), now: new Date(here.now.getTime() + days * 86_400_000) });
  expect(await words()).toMatchObject({ calendar: 0, keys: 0, giraffe: 1 });
});

test('two words as near as that share a key, and the distance counts swapped letters once', () => {
  const pairs: [string, string, number][] = [['calendar', 'claendar', 1], ['calendar', 'calender', 1], ['calendar', 'cleandra', 3], ['word', 'wrd', 1], ['appointment', 'apointmment', 2], ['settings', 'ettingss', 2], ['same', 'same', 0]];
  for (const [a, b, distance] of pairs) expect([a, b, distanceOf(a, b)]).toEqual([a, b, distance]);
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const word = 'calendars';
  for (let i = 0; i < word.length - 1; i++) for (const letter of letters) {
    const wrong = [word.slice(0, i) + letter + word.slice(i + 1), word.slice(0, i) + letter + word.slice(i), word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2)].map((one) => one.slice(0, 5) + letter + one.slice(5));
    for (const one of wrong.filter((some) => distanceOf(some, word) <= 2)) expect([one, keysOf(one).some((key) => keysOf(word).includes(key))]).toEqual([one, true]);
  }
});
