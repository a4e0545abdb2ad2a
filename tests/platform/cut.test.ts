import { expect, test } from 'vitest';
import { newsLetter } from '../../worker/notifications/emails.ts';
import { cut, cutShort } from '../../worker/platform/cut.ts';
import { fileName } from '../../worker/platform/file-name.ts';
import { letter } from '../../worker/platform/mail.ts';

const family = '👨‍👩‍👧';

test('what is cut ends between characters: never in half of one, nor between a letter and its accent', () => {
  expect([cut('short', 5), cutShort('short', 5), cutShort('longer', 5)]).toEqual(['short', 'short', 'longe…']);
  expect(cut('ab😀', 3)).toBe('ab');
  expect(cut('abe\u0301', 3)).toBe('ab');
  expect(cut(`a${family}b`, 6)).toBe('a');
  expect(cut(family, 3)).toBe('');
  for (let most = 0; most < 40; most++) expect(cut('Καλημέρα 😀 e\u0301 ok 👨‍👩‍👧 ναι', most).isWellFormed()).toBe(true);
});

test('the subject of a letter is cut between characters', () => {
  const draft = { to: 'a@example.org', locale: 'en' as const, purpose: 'notification' as const, lead: ['Words.'] };
  expect(letter({ ...draft, subject: `${'a'.repeat(199)}😀` }).subject).toBe('a'.repeat(199));
  expect(letter({ ...draft, subject: `${'a'.repeat(199)}e\u0301` }).subject).toBe('a'.repeat(199));
});

test('so is what a letter says of a message, and the name of a file', () => {
  const news = { kind: 'replied' as const, actor: 'bob', title: 'T', number: null, status: null, url: 'https://help.example/', files: [] };
  const said = (text: string) => newsLetter({ email: 'a@example.org', locale: 'en' }, [{ ...news, text }], { all: 'https://help.example/', stop: 'https://help.example/', site: 'https://help.example' }).text;
  expect(said(`${'a'.repeat(1_499)}😀 more`)).toContain(`${'a'.repeat(1_499)}…\n`);
  expect(fileName(`${'a'.repeat(115)}e\u0308.txt`, 'text/plain')).toBe(`${'a'.repeat(115)}\u00eb.txt`);
  expect(fileName(`${'a'.repeat(115)}q\u0308.txt`, 'text/plain')).toBe(`${'a'.repeat(115)}.txt`);
});
