import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { latinStem } from '../../worker/platform/latin.ts';
import { russianStem } from '../../worker/platform/russian.ts';
import { isOther, stemOf, wordsOf } from '../../worker/platform/text.ts';
import { mentionsOf } from '../../worker/privacy/queries.ts';
import { searched } from '../../worker/search/queries.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

const open = (world: Stoa, title: string, body: string) => world.as('mara').run(openTopic, { category: 'help', title, body, tags: '', kind: 'question' });
async function hits(world: Stoa, q: string) {
  const [found] = await world.as('visitor').load(searched(q, { locale: 'en', limit: 10 }));
  return found;
}
const titles = async (world: Stoa, q: string) => (await hits(world, q)).map(({ title }) => title);

const [GERMAN, FRENCH, SPANISH, RUSSIAN] = ['Neue Rechnungen', 'Remboursement refusé', 'Cancelaciones de última hora', 'Обновление не загружается'];

async function world() {
  const here = await stoa();
  await open(here, GERMAN, 'Die Änderung der Straße ist nicht gespeichert, sagt Alice aus der Buchhaltung.');
  await open(here, FRENCH, 'Les factures ne sont pas dans mon espace et je veux résilier.');
  await open(here, SPANISH, 'Los usuarios no ven las contraseñas que el sistema les ha enviado.');
  await open(here, RUSSIAN, 'Пришло уведомление, что ссылок в письме нет.');
  await open(here, 'Notes are not there', 'The planes of the rate are in the resources.');
  return here;
}

test('texts in German, French, Spanish and Russian are found whatever the form, the accents and the spelling', async () => {
  const here = await world();
  const found: [string, string][] = [
    ['rechnung', GERMAN], ['RECHNUNGEN', GERMAN], ['geändert', GERMAN], ['aenderungen', GERMAN], ['strassen', GERMAN], ['speichern', GERMAN], ['buchhalt', GERMAN],
    ['rembourser', FRENCH], ['rembourses', FRENCH], ['refusée', FRENCH], ['facturation', FRENCH], ['résiliation', FRENCH],
    ['cancelar', SPANISH], ['CANCELACION', SPANISH], ['contrasena', SPANISH], ['usuaria', SPANISH], ['enviar', SPANISH],
    ['обновить', RUSSIAN], ['уведомления', RUSSIAN], ['ССЫЛКА', RUSSIAN], ['загружать', RUSSIAN],
  ];
  for (const [q, title] of found) expect([q, await titles(here, q)]).toEqual([q, [title]]);
});

test('quotes, a dash and a mark know the forms of a language; short stems of another mark nothing', async () => {
  const here = await world();
  expect([await titles(here, '"neue rechnung"'), await titles(here, '"rechnungen neue"'), await titles(here, 'refusé -factures')]).toEqual([[GERMAN], [], []]);
  expect((await hits(here, 'gespeicherte'))[0]!.passage).toContain('<mark>gespeichert</mark>');
  expect((await hits(here, 'notes resource'))[0]!.passage).not.toContain('<mark>not</mark>');
});

test('a word that is not finished counts beside others that are nowhere near it', async () => {
  const here = await world();
  expect((await titles(here, 'alice contras')).toSorted()).toEqual([GERMAN, SPANISH].toSorted());
  expect(await titles(here, 'unicorn resour')).toEqual(['Notes are not there']);
});

test('a name in a text of any language is a mention', async () => {
  const [mentions] = await (await world()).as('alice').load(mentionsOf());
  expect(mentions.map(({ title }) => title)).toEqual([GERMAN]);
});

test('forms of one word have one stem, and which language a text is in is seen by its short words', () => {
  const one = (stem: (word: string) => string | undefined, forms: string) => new Set(wordsOf(forms).map(stem)).size;
  for (const forms of ['Passwort Passwörter Passwoerter', 'Lieferung liefern geliefert', 'einladen Einladungen eingeladen', 'facture facturer facturée', 'journal journaux', 'invitación invitar invitado', 'cobro cobrado cobrar']) expect([forms, one(latinStem, forms)]).toEqual([forms, 1]);
  for (const forms of ['пароль паролем паролей', 'удалить удаление удалён', 'ссылка ссылок', 'восстановить восстановление']) expect([forms, one(russianStem, forms)]).toEqual([forms, 1]);
  for (const forms of ['θέμα θέματα θεμάτων', 'ώρα ώρες ωρών', 'όροι όρους']) expect([forms, one(stemOf, forms)]).toEqual([forms, 1]);
  expect(one(russianStem, 'подписка подпись')).toBe(2);
  expect(one(stemOf, 'τον του που')).toBe(3);
  expect(['Wo ist die Rechnung?', 'Où est ma facture', '¿Dónde está?', 'Straße'].map(isOther)).toEqual([true, true, true, true]);
  expect(['Where is the invoice?', 'A naïve question of the café', 'PDF', 'Πού είναι το PDF;', '请求 PDF', ''].map(isOther)).toEqual([false, false, false, false, false, false]);
});
